using System.IO.Compression;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.Workflows.Catalog;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Cli.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private const int Instances = 40;
    private const int Few = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    /// <summary>The copy is of one moment: nothing is in one of the databases that the other has not what it followed from.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(180)]
    public async Task What_was_backed_up_in_the_middle_of_the_work_goes_on_as_if_nothing_had_been(int effects)
    {
        await using (var shopping = new Shopping(Data, effects))
        {
            await shopping.GoAsync();
            var starts = shopping.StartAsync(Instances);
            await shopping.EnoughAsync;
            Assert.Equal((0, ""), (await RunAsync("backup", "--data", Data, "--out", File("b.zip")), _error.ToString()));
            shopping.Release();
            await starts;
            await shopping.IdleAsync();
            Assert.Equal(Instances * Shopping.Steps, shopping.Ledger.Effects().Count);
        }

        Assert.Equal(0, await RunAsync("restore", File("b.zip"), "--data", File("restored")));
        await using var restored = new Shopping(File("restored"));
        var recorded = restored.Recorded(Instances).ToList();
        var before = restored.Ledger.Effects();
        Assert.Subset(before, recorded.ToHashSet());
        Assert.InRange(before.Count, effects, Instances * Shopping.Steps);
        Assert.NotEqual(before.Count, recorded.Count);
        foreach (var id in restored.Ledger.Started()) Assert.NotNull(await restored.GetAsync(id));
        foreach (var effect in before) Assert.NotNull(await restored.GetAsync(effect.Split('#')[0]));

        await restored.GoAsync();
        await restored.StartAgainAsync(Instances);
        await restored.IdleAsync();

        for (var number = 0; number < Instances; number++)
        {
            var instance = await restored.GetAsync(Shopping.Id(number));
            Assert.Equal((OrchestrationRuntimeStatus.Completed, "10"), (instance!.RuntimeStatus, instance.SerializedOutput));
        }

        var all = from number in Enumerable.Range(0, Instances) from step in Enumerable.Range(0, Shopping.Steps) select $"{Shopping.Id(number)}#{step}";
        Assert.Equal(all.Order(), restored.Ledger.Effects().Order());
    }

    [Fact]
    public async Task An_app_that_is_down_is_backed_up_too_and_the_file_is_its_owners_alone()
    {
        await WorkAsync(Data);

        Assert.Equal(0, await RunAsync("backup", "--data", Data, "--out", File("deep/b.zip")));

        Assert.StartsWith("host.db and support.db as of ", _output.ToString(), StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(File("deep/b.zip"));
        Assert.Equal(["manifest.json", "host.db", "support.db"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(["b.zip"], Directory.GetFileSystemEntries(File("deep")).Select(path => Path.GetFileName(path)));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File("deep/b.zip")));
    }

    [Fact]
    public async Task What_is_restored_is_its_owners_alone_whatever_it_was()
    {
        await WorkAsync(Data);
        const UnixFileMode ownerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] names = ["host.db", "support.db"];
        if (!OperatingSystem.IsWindows())
            foreach (var name in names) System.IO.File.SetUnixFileMode(Path.Combine(Data, name), ownerAlone | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));

        Assert.Equal((0, ""), (await RunAsync("restore", File("b.zip"), "--data", File("restored")), _error.ToString()));

        if (OperatingSystem.IsWindows()) return;
        foreach (var name in names) Assert.Equal(ownerAlone, System.IO.File.GetUnixFileMode(File($"restored/{name}")));
    }

    [Fact]
    public async Task Without_support_data_the_other_backup_is_named()
    {
        await using (HostDatabase.Open(Path.Combine(Data, "host.db")))
        {
            Assert.Equal(0, await RunAsync("backup", "--data", Data, "--out", File("b.zip")));
        }

        Assert.EndsWith($"there is no support.db in {Data}: where PostgreSQL keeps the support data, back that up now, after this\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("restore", File("b.zip"), "--data", File("restored")));
    }

    [Fact]
    public async Task A_folder_in_use_is_not_restored_into_and_the_process_is_named()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        await using var held = HostDatabase.Open(Path.Combine(Data, "host.db"));

        Assert.Equal(1, await RunAsync("restore", File("b.zip"), "--data", Data, "--force"));

        Assert.Contains($"is in use by process {Environment.ProcessId}.", Assert.Single(Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_needs_force_and_keeps_what_it_had()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        await using (var later = new Shopping(Data)) later.Ledger.Do("later");

        Assert.Equal(1, await RunAsync("restore", File("b.zip"), "--data", Data));
        Assert.Equal($"autoflow: {Data} is not empty (host.db, support.db): give another folder, or --force, which sets the databases there aside", Assert.Single(Errors));
        Assert.Contains("later", new Ledger(Data).Effects());

        Assert.Equal(0, await RunAsync("restore", File("b.zip"), "--data", Data, "--force"));
        Assert.DoesNotContain("later", new Ledger(Data).Effects());
        var aside = Assert.Single(Directory.GetDirectories(Data, "replaced-*"));
        Assert.Contains("later", new Ledger(aside).Effects());
        Assert.EndsWith($"what was there lies in {aside}\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_of_a_host_that_was_killed_do_not_survive_a_restore_and_alone_do_not_need_force()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        Directory.CreateDirectory(File("marked"));
        foreach (var name in new[] { "host.db.running", "host.db.pid", "host.db.lock" }) await System.IO.File.WriteAllTextAsync(File($"marked/{name}"), "1");

        Assert.Equal((0, ""), (await RunAsync("restore", File("b.zip"), "--data", File("marked")), _error.ToString()));

        Assert.Equal(["host.db", "host.db.lock", "support.db"], Directory.GetFiles(File("marked")).Select(path => Path.GetFileName(path)).Order());
        Assert.True(System.IO.File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(File("marked"))), "host.db.running")));
    }

    [Fact]
    public async Task A_move_that_fails_leaves_the_folder_as_it_was()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        Directory.CreateDirectory(File("odd/host.db"));
        await System.IO.File.WriteAllTextAsync(File("odd/support.db"), "mine");

        Assert.Equal(1, await RunAsync("restore", File("b.zip"), "--data", File("odd"), "--force"));

        Assert.EndsWith(" Nothing was changed there", Assert.Single(Errors), StringComparison.Ordinal);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File("odd/support.db")));
        Assert.Equal(["host.db", "host.db.lock", "support.db"], Directory.GetFileSystemEntries(File("odd")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task A_restore_that_was_cut_off_is_told_and_can_be_done_again()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "restore-unfinished"), "");

        var refused = Assert.Throws<UnfinishedRestoreException>(() => HostDatabase.Open(Path.Combine(Data, "host.db")));
        Assert.Contains("Run 'autoflow restore' with --force again", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("backup", "--data", Data, "--out", File("half.zip")));
        Assert.Equal($"autoflow: a restore into {Data} was cut off, its databases may be of different moments: run 'autoflow restore' with --force again", Assert.Single(Errors));

        Assert.Equal(0, await RunAsync("restore", File("b.zip"), "--data", Data, "--force"));
        await using var opened = HostDatabase.Open(Path.Combine(Data, "host.db"));
        Assert.False(System.IO.File.Exists(Path.Combine(Data, "restore-unfinished")));
    }

    [Fact]
    public async Task What_is_no_backup_or_is_damaged_changes_nothing()
    {
        await WorkAsync(Data);
        await RunAsync("backup", "--data", Data, "--out", File("b.zip"));
        await System.IO.File.WriteAllTextAsync(File("text.zip"), "no zip");
        using (var other = ZipFile.Open(File("other.zip"), ZipArchiveMode.Create)) other.CreateEntry("hello.txt");
        System.IO.File.Copy(File("b.zip"), File("damaged.zip"));
        using (var damaged = ZipFile.Open(File("damaged.zip"), ZipArchiveMode.Update))
        {
            damaged.GetEntry("host.db")!.Delete();
            await using var entry = damaged.CreateEntry("host.db").Open();
            await entry.WriteAsync("something else"u8.ToArray());
        }

        foreach (var (file, line) in new[] { ("text.zip", "it is no backup, or its end is missing: 'autoflow backup' writes what is read here"), ("other.zip", "it is no backup: there is no manifest.json in it"), ("damaged.zip", "host.db in it is damaged: its hash is another than the manifest's") })
        {
            Assert.Equal(1, await RunAsync("restore", File(file), "--data", Data, "--force"));
            Assert.StartsWith($"autoflow: {File(file)} cannot be restored: {line}", Errors[^1], StringComparison.Ordinal);
        }

        Assert.Equal(3, Errors.Length);
        Assert.Equal(Few * Shopping.Steps, new Ledger(Data).Effects().Count);
        Assert.Empty(Directory.GetDirectories(Data));
    }

    [Fact]
    public async Task A_damaged_database_is_not_backed_up()
    {
        await WorkAsync(Data);
        await using (var file = new FileStream(Path.Combine(Data, "host.db"), FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 4096 * 2;
            await file.WriteAsync(Enumerable.Repeat((byte)0x5A, 4096 * 4).ToArray());
        }

        Assert.Equal(1, await RunAsync("backup", "--data", Data, "--out", File("b.zip")));

        Assert.Contains("host.db", Assert.Single(Errors), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File("b.zip")));
    }

    [Fact]
    public async Task What_is_missing_is_named_and_nothing_is_overwritten()
    {
        Directory.CreateDirectory(Data);
        Assert.Equal(1, await RunAsync("backup", "--data", Data, "--out", File("b.zip")));
        Assert.Equal(1, await RunAsync("restore", File("none.zip"), "--data", Data));
        await WorkAsync(Data);
        await System.IO.File.WriteAllTextAsync(File("b.zip"), "mine");
        Assert.Equal(1, await RunAsync("backup", "--data", Data, "--out", File("b.zip")));

        Assert.Equal(
            [
                $"autoflow: there is no host.db in {Data}: give the data folder of an app on the embedded host with --data",
                $"autoflow: no such file: {File("none.zip")}",
                $"autoflow: {File("b.zip")} is there already; a backup overwrites nothing, give another name with --out",
            ],
            Errors);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File("b.zip")));
    }

    [Theory]
    [InlineData("--data names no folder", "backup", "--data", "", "--out", "b.zip")]
    [InlineData("--out names no file", "backup", "--out", " ")]
    [InlineData("--data names no folder", "restore", "b.zip", "--data", "")]
    [InlineData("no file is named", "restore", "", "--data", "r")]
    [InlineData("a file is meant here, not the folder .", "restore", ".", "--data", "r")]
    public async Task An_empty_name_or_a_folder_for_a_file_is_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));

        Assert.Equal($"autoflow: {line}", Assert.Single(Errors));
        Assert.False(Directory.Exists("r"));
    }

    private string Data => File("data");

    private string[] Errors => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private static async Task WorkAsync(string data)
    {
        await using var shopping = new Shopping(data);
        await shopping.GoAsync();
        await shopping.StartAsync(Few);
        await shopping.IdleAsync();
    }

    private Task<int> RunAsync(params string[] args) => new CommandLine(FunctionCatalog.FromNames("sendReply"), _output, _error).RunAsync(args);
}
