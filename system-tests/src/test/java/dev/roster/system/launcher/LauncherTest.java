package dev.roster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/roster} as its callers see it: what it starts, when it builds, what it says, and how it ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

    @TempDir
    private Path folder;
    private LauncherProject project;

    @BeforeEach
    void makeProject() {
        project = new LauncherProject(folder);
    }

    @AfterEach
    void stopAll() {
        project.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sing", "start quickly", "start --loud", "cluster dance", "cluster kill 4",
            "cluster --server.port=1", "samples now", "certificates here", "join-token --loud", "backup",
            "restore --roster.data-dir=x"})
    void refusesWhatItDoesNotUnderstand(String arguments) {
        var call = project.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.output()).containsAnyOf("bin/roster -h", "Usage:");
        assertThat(project.builds()).isZero();
    }

    @Test
    void explainsItself() {
        var call = project.run("--help");

        assertThat(call.exitCode()).isZero();
        assertThat(call.output()).startsWith("Usage: bin/roster");
    }

    @Test
    void saysInOneLineThatThereIsNoJdk() {
        project.write("bin/lib/jdk.sh", project.read("bin/lib/jdk.sh").replace("required_jdk=25", "required_jdk=99"));

        var call = project.run("start");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.output().lines()).singleElement().asString().startsWith("roster: no JDK 99 or newer found");
    }

    @Test
    void startsWithTheOptionsOfTheServerAndItsCaller() {
        var server = project.start("start", "--server.port=7999");

        server.awaitOutput("started with");

        assertThat(server.output()).contains("@registry-server/jvm.options", "--roster.data-dir=data",
                "--server.port=7999");
    }

    @Test
    void handsBackupsOverToTheServersJar() {
        var backup = project.start("backup", "one.backup", "--url=http://127.0.0.1:7410");
        backup.awaitOutput("started with");
        var restore = project.start("restore", "/else/where.backup", "--roster.data-dir=new");
        restore.awaitOutput("started with");
        var restoreByDefault = project.start("restore", "one.backup");
        restoreByDefault.awaitOutput("started with");

        assertThat(backup.output()).containsPattern("-exec.jar backup /\\S+/one.backup --url=http://127.0.0.1:7410"
                + " --password-file=data/admin-password");
        assertThat(restore.output()).contains("-exec.jar restore /else/where.backup --roster.data-dir=new");
        assertThat(restoreByDefault.output()).contains("/one.backup --roster.data-dir=data");
    }

    @Test
    void makesAJoinTokenWhereTheCallerIs() {
        project.run("join-token");
        project.run("join-token", "/dev/null");
        project.run("join-token", "some/token");

        assertThat(project.read("tokens").lines()).hasSize(3).first().asString().endsWith("/join-token");
        assertThat(project.read("tokens").lines()).element(1).isEqualTo("made /dev/null");
        assertThat(project.read("some/token")).startsWith("made /").endsWith("/some/token\n");
    }

    @Test
    void membersShareOneJoinToken() {
        var cluster = startCluster();
        assertThat(cluster.output().lines().filter(line -> line.contains("started with")))
                .allMatch(line -> line.contains("--roster.cluster.join-token-file=data/join-token"));

        project.run("cluster", "kill", "2");
        cluster.awaitOutput("member-2 has ended");
        var restarted = project.start("cluster", "restart", "2");
        restarted.awaitOutput("--roster.cluster.join-token-file=data/join-token");

        assertThat(project.read("tokens").lines()).as("made once").containsExactly("made data/join-token");
    }

    @Test
    void givesNoPropertyTwice() {
        var server = project.start("start", "--roster.data-dir=elsewhere");

        server.awaitOutput("started with");

        assertThat(server.output()).contains("--roster.data-dir=elsewhere").doesNotContain("--roster.data-dir=data");
    }

    @Test
    void buildsOnlyWhatHasChanged() {
        project.write("exit-code", "0");
        project.run("start");
        project.run("start");
        assertThat(project.builds()).as("nothing has changed").isEqualTo(1);

        project.write("registry-api/src/test/java/SomeTest.java", "class SomeTest {}");
        project.run("start");
        assertThat(project.builds()).as("tests are not in the jar").isEqualTo(1);

        project.write("registry-api/src/main/java/Some.java", "class Some { }");
        project.run("start");
        assertThat(project.builds()).as("a source was changed").isEqualTo(2);

        project.delete("admin-ui/src/main/java/Some.java");
        project.run("start");
        assertThat(project.builds()).as("a source was removed").isEqualTo(3);
    }

    @Test
    void showsWhyTheBuildHasFailedAndBuildsAgain() {
        project.write("broken", "");
        var failed = project.run("start");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("[ERROR] broken on purpose", "the build has failed");

        project.delete("broken");
        project.write("exit-code", "0");

        assertThat(project.run("start").exitCode()).isZero();
    }

    @Test
    void endsWithTheExitCodeOfTheServer() {
        project.write("exit-code", "3");

        assertThat(project.run("start").exitCode()).isEqualTo(3);
    }

    @Test
    void refusesASecondServer() {
        var first = project.start("start");
        first.awaitOutput("started with");

        var second = project.run("start");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("server runs already");
    }

    @Test
    void stopsTheServer() {
        var server = project.start("start");
        server.awaitOutput("started with");

        var stop = project.run("stop");

        assertThat(stop.exitCode()).isZero();
        assertThat(stop.output()).contains("stopping server");
        assertThat(server.exitCode()).isEqualTo(143);
        assertThat(project.run("stop").output()).contains("nothing runs");
    }

    @Test
    void ignoresThePidOfSomebodyElse() {
        project.write(".roster/run/server.pid", ProcessHandle.current().pid() + "\n");

        assertThat(project.run("stop").output()).contains("nothing runs");
    }

    @ParameterizedTest
    @CsvSource({"HUP, 1", "INT, 2", "TERM, 15"})
    void aSignalEndsAllMembers(String signal, int number) throws IOException {
        assumeFalse(isIgnored(number), "started in the background or by nohup, which a shell can't undo (POSIX, trap)");
        var cluster = startCluster();
        var members = cluster.below();
        assertThat(members).hasSizeGreaterThanOrEqualTo(3);

        cluster.signal(signal);

        assertThat(cluster.exitCode()).isEqualTo(128 + number);
        assertThat(members).noneMatch(ProcessHandle::isAlive);
    }

    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status) && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1) != 0);
    }

    @Test
    void aMemberThatEndsIsReportedAndCanComeBack() {
        var cluster = startCluster();

        assertThat(project.run("cluster", "kill", "2").exitCode()).isZero();
        cluster.awaitOutput("member-2 has ended with exit code 137");
        assertThat(project.run("cluster", "kill", "2").output()).contains("member-2 does not run");

        var restarted = project.start("cluster", "restart", "2");
        restarted.awaitOutput("started with");
        assertThat(restarted.output()).contains("--server.port=7410", "--roster.data-dir=data/member-2",
                "--roster.cluster.member=member-2", "--roster.cluster.port=7411");
        assertThat(project.run("cluster", "restart", "1").output()).contains("member-1 runs already");
    }

    @Test
    void stopEndsTheClusterInAnOrderlyWay() {
        var cluster = startCluster();

        assertThat(project.run("stop").exitCode()).isZero();

        assertThat(cluster.exitCode()).isZero();
        assertThat(cluster.output()).contains("member-3 has been stopped");
    }

    private LauncherProject.Running startCluster() {
        var cluster = project.start("cluster");
        List.of(1, 2, 3).forEach(number -> cluster.awaitOutput("member-" + number + " | started with"));
        return cluster;
    }
}
