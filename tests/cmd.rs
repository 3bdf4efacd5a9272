//! The binary's output in plain sight: the README's session, and the files in `tests/cmd`.

#[test]
fn the_output_is_as_shown() {
    trycmd::TestCases::new().case("README.md").case("tests/cmd/*.md");
}

#[test]
fn the_output_fits_a_narrow_terminal() {
    trycmd::TestCases::new().env("COLUMNS", "60").case("tests/cmd/narrow/*.md");
}
