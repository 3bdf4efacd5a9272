//! JSON, one value a line and not, and DynamoDB's.

use super::{ACCOUNT, ADD, DROP, ENABLE, MEMBER, Syntax, TAKE, TYPE, check, json};

const PRETTY: &str = "[\n  {\n    \"userId\": \"u\",\n    \"roles\": [\n      \"a\",\n      \"b\"\n    ]\n  }\n]\n";

#[test]
fn json_stays_as_it_is_laid_out() {
    json("{\"userId\":\"u\",\"roles\":[\"a\"]}\n", ADD, "{\"userId\":\"u\",\"roles\":[\"a\",\"new\"]}\n");
    json("{\"userId\": \"u\", \"roles\": [\"a\"]}\n", ADD, "{\"userId\": \"u\", \"roles\": [\"a\", \"new\"]}\n");
    json("{\"userId\":\"u\"}\n", ADD, "{\"userId\":\"u\",\"roles\":[\"new\"]}\n");
    json("{\"userId\": \"u\", \"roles\": null}\n", ADD, "{\"userId\": \"u\", \"roles\": [\"new\"]}\n");
    json(PRETTY, ADD, &PRETTY.replace("\"b\"\n", "\"b\",\n      \"new\"\n"));
    json(PRETTY, TAKE, &PRETTY.replace(",\n      \"b\"\n", "\n"));
    json(PRETTY, TYPE, &PRETTY.replace("    ]\n", "    ],\n    \"userType\": \"internal-user\"\n"));
    json(PRETTY, ACCOUNT, &PRETTY.replace("    ]\n", "    ],\n    \"customData\": {\n      \"accountId\": \"a1\"\n    }\n"));
    json(PRETTY, DROP, "[\n  {\n    \"userId\": \"u\"\n  }\n]\n");
    let member = "    ],\n    \"members\": [\n      {\n        \"user\": \"x\",\n        \"isLead\": true\n      }\n    ]\n";
    json(PRETTY, MEMBER, &PRETTY.replace("    ]\n", member));
    json("{\n  \"userId\": \"u\",\n  \"roles\": []\n}\n", ADD, "{\n  \"userId\": \"u\",\n  \"roles\": [\n    \"new\"\n  ]\n}\n");
    json("{\n  \"userId\": \"u\",\n  \"roles\": [\"a\"]\n}\n", ADD, "{\n  \"userId\": \"u\",\n  \"roles\": [\"a\", \"new\"]\n}\n");
    json("{\n  \"userId\": \"u\",\n  \"roles\": [\n    \"b\"\n  ]\n}\n", TAKE, "{\n  \"userId\": \"u\",\n  \"roles\": []\n}\n");
    json("{\"roles\": [\"b\", \"a\"], \"userId\": \"u\"}", TAKE, "{\"roles\": [\"a\"], \"userId\": \"u\"}");
    json("{\"roles\": [\"b\", \"a\"], \"userId\": \"u\"}", DROP, "{\"userId\": \"u\"}");
}

#[test]
fn records_stay_on_their_lines() {
    let line = |text: &str| format!("{{\"userId\":\"v\"}}\n{text}\n{{\"userId\":\"w\"}}\n");
    let record = |change, text: &str, expected: &str| check(Syntax::Ndjson, &line(text), change, &line(expected));
    record(ADD, "{\"userId\":\"u\"}", "{\"userId\":\"u\",\"roles\":[\"new\"]}");
    record(ENABLE, "{\"userId\":\"u\",\"enabled\":false}", "{\"userId\":\"u\",\"enabled\":true}");
    record(TYPE, "{\"user_id\": \"u\"}", "{\"user_id\": \"u\", \"user_type\": \"internal-user\"}");
}

#[test]
fn values_of_dynamodb_have_types() {
    let user = |rest: &str| format!("{{\"Items\":[{{\"userId\":{{\"S\":\"u\"}}{rest}}}]}}\n");
    json(&user(""), ADD, &user(",\"roles\":{\"L\":[{\"S\":\"new\"}]}"));
    json(&user(",\"roles\":{\"NULL\":true}"), ADD, &user(",\"roles\":{\"L\":[{\"S\":\"new\"}]}"));
    json(&user(",\"roles\":{\"L\":[{\"S\":\"a\"}]}"), ADD, &user(",\"roles\":{\"L\":[{\"S\":\"a\"},{\"S\":\"new\"}]}"));
    json(&user(",\"roles\":{\"SS\":[\"a\"]}"), ADD, &user(",\"roles\":{\"SS\":[\"a\",\"new\"]}"));
    json(&user(",\"roles\":{\"SS\":[\"a\",\"b\"]}"), TAKE, &user(",\"roles\":{\"SS\":[\"a\"]}"));
    json(&user(",\"roles\":{\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}"), TAKE, &user(",\"roles\":{\"L\":[{\"S\":\"a\"}]}"));
    json(&user(",\"enabled\":{\"BOOL\":false}"), ENABLE, &user(",\"enabled\":{\"BOOL\":true}"));
    json(&user(""), ACCOUNT, &user(",\"customData\":{\"M\":{\"accountId\":{\"S\":\"a1\"}}}"));
    json(
        &user(",\"customData\":{\"M\":{\"x\":{\"N\":\"1\"}}}"),
        ACCOUNT,
        &user(",\"customData\":{\"M\":{\"x\":{\"N\":\"1\"},\"accountId\":{\"S\":\"a1\"}}}"),
    );
    json(&user(",\"roles\":{\"SS\":[\"a\"]}"), DROP, &user(""));
    json(&user(""), MEMBER, &user(",\"members\":{\"L\":[{\"M\":{\"user\":{\"S\":\"x\"},\"isLead\":{\"BOOL\":true}}}]}"));
}
