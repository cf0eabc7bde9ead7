using System.CommandLine;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Backup;

/// <summary><c>autoflow backup</c>: a data folder as one file, while the app runs.</summary>
internal sealed class BackupCommand(Surroundings surroundings)
{
    public static Command Build(Surroundings surroundings)
    {
        var data = new Option<string>("--data") { Description = "The app's data folder.", HelpName = "folder", DefaultValueFactory = static _ => "data" };
        var file = new Option<string>("--out") { Description = "The file to write.", Required = true, HelpName = "file" };
        var command = new Command("backup", "Backs up the data of an app on the embedded host, while it runs.") { data, file };
        command.SetAction(parsed => new BackupCommand(surroundings).Run(parsed.GetValue(data)!, parsed.GetValue(file)!));
        return command;
    }

    /// <summary>Writes a backup.</summary>
    /// <returns>0 when the backup is whole, else 1; then there is none.</returns>
    public int Run(string data, string file)
    {
        if (data.Trim().Length == 0) return surroundings.Complain("--data names no folder");
        if (file.Trim().Length == 0) return surroundings.Complain("--out names no file");
        if (!File.Exists(Path.Combine(data, DataFiles.Host)))
            return surroundings.Complain($"there is no {DataFiles.Host} in {data}: give the data folder of an app on the embedded host with --data");
        if (File.Exists(Path.Combine(data, UnfinishedRestoreException.Mark)))
            return surroundings.Complain($"a restore into {data} was cut off, its databases may be of different moments: run 'autoflow restore' with --force again");
        if (File.Exists(file) || Directory.Exists(file)) return surroundings.Complain($"{file} is there already; a backup overwrites nothing, give another name with --out");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        DirectoryInfo? work = null;
        try
        {
            Directory.CreateDirectory(folder);
            work = Private(folder);
            var (names, taken) = DataSnapshot.Take(data, work.FullName, surroundings.Time);
            foreach (var name in names)
            {
                if (DataFiles.DamageOf(Path.Combine(work.FullName, name)) is { } damage)
                    return surroundings.Complain($"{Path.Combine(data, name)} is damaged, so there is no backup of it: {damage.ReplaceLineEndings(" ")}");
            }

            var packed = Path.Combine(work.FullName, "backup.zip");
            BackupArchive.Write(packed, work.FullName, names, taken);
            File.Move(packed, file);
            surroundings.Output.WriteLine($"{string.Join(" and ", names)} as of {taken.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, checked, in {file} ({new FileInfo(file).Length:N0} bytes); it holds personal data and the keys");
            if (names.Count == 1) surroundings.Output.WriteLine($"there is no {DataFiles.Support} in {data}: where PostgreSQL keeps the support data, back that up now, after this");
            return 0;
        }
        catch (SqliteException exception)
        {
            return surroundings.Complain($"cannot read the databases in {data}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return surroundings.Complain($"cannot write {file}: {exception.Message}");
        }
        finally
        {
            work?.Delete(recursive: true);
        }
    }

    /// <summary>A folder beside the result, so that the last step is one move; nobody else may look in.</summary>
    internal static DirectoryInfo Private(string beside)
    {
        var path = Path.Combine(beside, $".autoflow-{Path.GetRandomFileName()}");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
