//! The worlds, the questions and the ways. Edits of one way are joined by ` + `.

use crate::oracle::Semantics::{self, Current, Documented, Legacy};

pub struct Case {
    pub name: &'static str,
    pub text: &'static str,
    pub asked: &'static [Asked],
}

pub struct Asked {
    pub user: &'static str,
    pub target: &'static str,
    pub semantics: &'static [Semantics],
    pub ways: &'static [&'static str],
}

const EVERY: &[Semantics] = &Semantics::ALL;

const fn ask(user: &'static str, target: &'static str, semantics: &'static [Semantics], ways: &'static [&'static str]) -> Asked {
    Asked { user, target, semantics, ways }
}

pub const ALL: &[Case] = &[
    Case {
        name: "a role is missing",
        text: "\
chatApps:
  # for staff
  - chatAppId: hr
    enabled: true
    userTypes: [internal-user]
    userRoles:
      - hr-team # all of them
      - hr-manager
users:
  - userId: alice
    userType: internal-user
    roles: [sales] # since May
  - userId: bob
    userType: internal-user
  - userId: carol
    roles: [sales]
",
        asked: &[
            ask("alice", "hr", EVERY, &["user.roles=hr-team", "user.roles=hr-manager", "app.userRoles=sales"]),
            ask("bob", "hr", EVERY, &["user.roles=hr-team", "user.roles=hr-manager"]),
            ask(
                "carol",
                "hr",
                EVERY,
                &[
                    "user.roles=hr-team + user.userType=internal-user",
                    "user.roles=hr-manager + user.userType=internal-user",
                    "app.userRoles=sales + user.userType=internal-user",
                ],
            ),
        ],
    },
    Case {
        name: "exclusive ids",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    userRoles: [agent]
    override:
      enabled: true
      # the pilot
      exclusiveUserIdAccessControl:
        - bob
      userTypes: [internal-user]
users:
  - {userId: alice, userType: internal-user, roles: [agent]}
  - {userId: bob, userType: external-user}
  - {userId: carol, userType: internal-user}
",
        asked: &[ask(
            "alice",
            "desk",
            EVERY,
            &["override.exclusiveUserIdAccessControl=alice", "override.exclusiveUserIdAccessControl=-", "override=-"],
        )],
    },
    Case {
        name: "an empty list of exclusive ids",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    userTypes: [internal-user]
    override: {enabled: true, exclusiveUserIdAccessControl: []}
users:
  - {userId: alice, userType: internal-user, roles: [agent]}
",
        asked: &[
            // It counts as not there, so that any list can be started.
            ask(
                "alice",
                "desk",
                &[Documented, Current],
                &["override.exclusiveUserIdAccessControl=alice", "override.userRoles=agent", "override=-"],
            ),
            // It counts, and without it there is no rule, which lets everybody in.
            ask(
                "alice",
                "desk",
                &[Legacy],
                &["override.exclusiveUserIdAccessControl=alice", "override.exclusiveUserIdAccessControl=-", "override=-"],
            ),
        ],
    },
    Case {
        name: "an override in front",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    allowedUserIds: [bob]
    override:
      enabled: true
      exclusiveInternalAccessControl: [acme]
      exclusiveExternalAccessControl: [zed]
users:
  - {userId: alice, userType: internal-user, entity: globex}
  - {userId: bob, entity: zed}
",
        asked: &[ask(
            "alice",
            "desk",
            &[Documented],
            &[
                "user.entity=acme",
                "override.exclusiveInternalAccessControl=globex",
                "override=- + app.allowedUserIds=alice",
                "user.userType=external-user + user.entity=zed",
                "user.userType=external-user + override.exclusiveExternalAccessControl=globex",
            ],
        )],
    },
    Case {
        name: "the entity feature is off",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    allowedEntities: [acme]
users:
  - {userId: alice, customData: {org: {account: acme}}}
  - userId: bob
    customData:
      org:
        account: globex # bought in May
  - {userId: carol, entity: acme}
siteFeatures:
  entity: {enabled: false, attributeName: org.account}
",
        asked: &[
            ask("alice", "desk", EVERY, &["site.entity.enabled=true"]),
            ask(
                "bob",
                "desk",
                EVERY,
                &["site.entity.enabled=true + user.customData.org.account=acme", "site.entity.enabled=true + app.allowedEntities=globex"],
            ),
            // The field of its own is not where this site looks.
            ask("carol", "desk", EVERY, &["site.entity.enabled=true + user.customData.org.account=acme"]),
        ],
    },
    Case {
        name: "denied ids",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true, userTypes: [internal-user], deniedUserIds: [alice, carl]}
users:
  - {userId: alice, userType: internal-user}
  - {userId: carl}
",
        asked: &[
            ask("alice", "desk", EVERY, &["app.deniedUserIds=alice"]),
            ask("carl", "desk", EVERY, &["app.deniedUserIds=carl + user.userType=internal-user"]),
        ],
    },
    Case {
        name: "no rules",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true}
users:
  - {userId: alice, userType: internal-user, roles: [agent], entity: acme}
",
        asked: &[
            ask("alice", "desk", &[Documented], &["app.userRoles=agent", "app.allowedEntities=acme", "app.allowedUserIds=alice"]),
            // Nobody has an entity there.
            ask("alice", "desk", &[Current], &["app.userRoles=agent", "app.allowedUserIds=alice"]),
        ],
    },
    Case {
        name: "a feature is off at the site",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    userTypes: [internal-user]
    features:
      chat:
        enabled: false
        userRoles: [agent]
users:
  - {userId: alice, userType: internal-user, roles: [sales]}
siteFeatures:
  traces: {enabled: false, userTypes: [internal-user]}
  chat:
    enabled: false # for now
",
        asked: &[
            ask("alice", "desk/traces", EVERY, &["site.traces.enabled=true"]),
            ask(
                "alice",
                "desk/chat",
                EVERY,
                &[
                    "app.features.chat.enabled=true + site.chat.enabled=true + user.roles=agent",
                    "app.features.chat.enabled=true + site.chat.enabled=true + app.features.chat.userRoles=sales",
                ],
            ),
        ],
    },
    Case {
        name: "a feature in the override",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    userTypes: [internal-user]
    features:
      chat: {enabled: true, userTypes: [internal-user]}
    override:
      enabled: true
      userTypes: [internal-user]
      features:
        chat:
          # until it is reviewed
          enabled: false
          userTypes: [internal-user]
users:
  - {userId: alice, userType: internal-user}
",
        asked: &[ask(
            "alice",
            "desk/chat",
            &[Documented, Current],
            &["override.features.chat.enabled=true", "override.features.chat=-", "override=-"],
        )],
    },
    Case {
        name: "detailed traces",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true, userTypes: [internal-user]}
  - chatAppId: lab
    enabled: true
    userTypes: [internal-user]
    features:
      traces: {enabled: true, userTypes: [internal-user], detailedTraces: {enabled: false, userRoles: [agent]}}
users:
  - {userId: alice, userType: internal-user, roles: [agent]}
siteFeatures:
  traces:
    enabled: true
    userTypes: [internal-user]
    detailedTraces:
      userRoles: [auditor]
",
        asked: &[
            ask(
                "alice",
                "desk/traces.detailedTraces",
                EVERY,
                &[
                    "site.traces.detailedTraces.enabled=true + user.roles=auditor",
                    "site.traces.detailedTraces.enabled=true + site.traces.detailedTraces.userRoles=agent",
                ],
            ),
            ask(
                "alice",
                "lab/traces.detailedTraces",
                EVERY,
                &["site.traces.detailedTraces.enabled=true + app.features.traces.detailedTraces.enabled=true"],
            ),
        ],
    },
    Case {
        name: "a site's mapping is not there",
        text: "\
chatApps:
  - chatAppId: lab
    enabled: true
    userTypes: [internal-user]
    features:
      traces: {enabled: true, userTypes: [internal-user], detailedTraces: {enabled: true, userRoles: [agent]}}
users:
  - {userId: alice, userType: internal-user, roles: [agent]}
siteFeatures:
  contentAdmin: {enabled: true}
",
        asked: &[
            ask("alice", "lab/traces", EVERY, &["site.traces.enabled=true"]),
            // Detailed traces are added only to traces that are there.
            ask("alice", "lab/traces.detailedTraces", EVERY, &[]),
        ],
    },
    Case {
        name: "the home page",
        text: "\
chatApps:
  - chatAppId: desk
    enabled: true
    userTypes: [internal-user]
    override:
      enabled: true
      userTypes: [internal-user]
      # nobody is shown it
      homePageFilterRules: []
  - {chatAppId: trial, enabled: true, userTypes: [internal-user], test: true}
users:
  - {userId: alice, userType: internal-user}
siteFeatures:
  homePage:
    linksToChatApps:
      userChatAppRules:
        - {userTypes: [internal-user], chatAppUserTypes: [internal-user]}
",
        asked: &[
            ask("alice", "desk/homePage", EVERY, &["override.homePageFilterRules=-", "override=-"]),
            ask("alice", "trial/homePage", EVERY, &[]),
        ],
    },
    Case {
        name: "one of two lists is enough",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true, userTypes: [internal-user], userRoles: [agent], applyRulesAs: or}
users:
  - {userId: alice, roles: [sales]}
",
        asked: &[ask("alice", "desk", EVERY, &["user.userType=internal-user", "user.roles=agent", "app.userRoles=sales"])],
    },
    Case {
        name: "required roles",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true, userRoles: [agent], requiredRoles: [trained, vetted]}
  - {chatAppId: shut, enabled: true, requiredRoles: []}
users:
  - {userId: alice, userType: internal-user, roles: [agent, trained]}
  - {userId: bob, roles: [trained]}
",
        asked: &[
            ask("alice", "desk", EVERY, &["user.roles=vetted"]),
            ask("bob", "desk", EVERY, &["user.roles=agent + user.roles=vetted", "app.userRoles=trained + user.roles=vetted"]),
            ask("bob", "shut", EVERY, &["app.requiredRoles=trained"]),
        ],
    },
    Case {
        name: "switched off twice",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: false, userTypes: [internal-user], override: {enabled: false, userRoles: [agent]}}
users:
  - {userId: alice, userType: internal-user, roles: [agent]}
",
        asked: &[ask("alice", "desk", EVERY, &["app.enabled=true + override.enabled=true", "app.enabled=true + override=-"])],
    },
    Case {
        name: "the sites",
        text: "\
chatApps:
  - {chatAppId: desk, enabled: true, userTypes: [internal-user]}
users:
  - userId: alice
  - {userId: bob, userType: internal-user, roles: [agent]}
siteFeatures:
  siteAdmin:
    websiteEnabled: false
",
        asked: &[
            ask(
                "alice",
                "site#admin",
                &[Documented],
                &["site.siteAdmin.websiteEnabled=true + user.roles=pika:site-admin + user.userType=internal-user"],
            ),
            ask("alice", "site#admin", &[Current, Legacy], &["site.siteAdmin.websiteEnabled=true + user.roles=pika:site-admin"]),
            ask("bob", "site#content-admin", EVERY, &["site.contentAdmin.enabled=true + user.roles=pika:content-admin"]),
        ],
    },
];
