package org.uatwin.certs.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every problem of a broken users.yaml is reported at its line and column. */
class UserFileParserTest {
    private static final String HASH = "$2b$11$" + "a".repeat(53);

    @Test
    void allProblemsAreReportedAtTheirPlace() {
        List<String> problems = problems(
                """
                uatwin-users: 1
                users:
                  - name: anna
                    password: secret
                    roles: [Boss]
                  - name: ben
                    pasword: 'x'
                    roles: [Operator]
                certificates:
                  - name: laptop
                    thumbprint: 12AB
                """);
        assertThat(problems).hasSize(6);
        assertThat(problems.get(0)).startsWith("users.yaml:4:15: ").contains("bcrypt", "uatwin users passwd anna");
        assertThat(problems.get(0)).doesNotContain("secret");
        assertThat(problems.get(1)).startsWith("users.yaml:5:13: ").contains("Boss", "Engineer");
        assertThat(problems.get(2)).startsWith("users.yaml:7:5: ").contains("pasword", "password");
        assertThat(problems.get(3)).startsWith("users.yaml:6:5: ").contains("password is missing");
        assertThat(problems.get(4)).startsWith("users.yaml:11:17: ").contains("40");
        assertThat(problems.get(5)).startsWith("users.yaml:10:5: ").contains("roles are missing");
    }

    @Test
    void brokenYamlNamesItsPlace() {
        assertThat(problems("uatwin-users: 1\nusers:\n  - name: 'anna\n"))
                .singleElement()
                .asString()
                .startsWith("users.yaml:4:1: not valid YAML");
    }

    @Test
    void duplicatesVersionsAndCostsAreChecked() {
        String anna = "  - {name: anna, password: '%s', roles: [Observer]}\n";
        assertThat(problems("users: []\n")).singleElement().asString().contains("1:1", "uatwin-users: 1");
        assertThat(problems("uatwin-users: 2\n")).singleElement().asString().contains("1:15", "must be 1");
        assertThat(problems("uatwin-users: 1\nusers:\n" + anna.formatted(HASH).repeat(2)))
                .singleElement()
                .asString()
                .contains("4:12", "twice");
        assertThat(problems("uatwin-users: 1\nusers:\n" + anna.formatted(HASH.replace("$11$", "$31$"))))
                .singleElement()
                .asString()
                .contains("3:28", "cost 10..15");
        assertThat(problems("uatwin-users: 1\nusers: []\nusers: []\n"))
                .singleElement()
                .asString()
                .contains("3:1", "twice");
        assertThat(problems("- a\n")).isNotEmpty();
    }

    @Test
    void emptyListsAreFine() {
        assertThat(new UserFileParser(Path.of("users.yaml")).parse("uatwin-users: 1\nusers:\n"))
                .isEqualTo(UserTable.EMPTY);
    }

    private static List<String> problems(String text) {
        UserFileException e = catchThrowableOfType(
                UserFileException.class, () -> new UserFileParser(Path.of("users.yaml")).parse(text));
        return e.problems();
    }
}
