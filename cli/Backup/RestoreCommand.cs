using System.CommandLine;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Backup;

/// <summary><c>autoflow restore</c>: a data folder from a backup. What was there is set aside, never deleted.</summary>
internal sealed class RestoreCommand(Surroundings surroundings)
{
    private const string LockFile = DataFiles.Host + ".lock";

    public static Command Build(Surroundings surroundings)
    {
        var backup = new Argument<string>("backup") { Description = "What 'autoflow backup' has written." };
        var data = new Option<string>("--data") { Description = "The data folder to restore into.", Required = true, HelpName = "folder" };
        var force = new Option<bool>("--force") { Description = "Also where the folder is not empty: what is replaced is set aside there." };
        var command = new Command("restore", "Restores a data folder from a backup; no app may use the folder.") { backup, data, force };
        command.SetAction(parsed => new RestoreCommand(surroundings).Run(parsed.GetValue(backup)!, parsed.GetValue(data)!, parsed.GetValue(force)));
        return command;
    }

    /// <summary>Restores a backup.</summary>
    /// <returns>0 when the folder is as the backup is, else 1; what was there is then still there, or in the folder <c>replaced-…</c> in it.</returns>
    public int Run(string backup, string data, bool force)
    {
        if (data.Trim().Length == 0) return surroundings.Complain("--data names no folder");
        if (Directory.Exists(backup)) return surroundings.Complain($"a file is meant here, not the folder {backup}");
        if (!File.Exists(backup)) return surroundings.Complain(backup.Trim().Length == 0 ? "no file is named" : $"no such file: {backup}");
        if (File.Exists(data)) return surroundings.Complain($"a folder is meant by --data, not the file {data}");
        DirectoryInfo? work = null;
        try
        {
            Directory.CreateDirectory(data);
            var found = Directory.EnumerateFileSystemEntries(data).Select(path => Path.GetFileName(path)).Where(name => name is not LockFile && !DataFiles.Marks.Contains(name)).Order(StringComparer.Ordinal).ToList();
            using var lease = FileLease.Take(Path.Combine(Path.GetFullPath(data), DataFiles.Host));
            if (found.Count > 0 && !force)
                return surroundings.Complain($"{data} is not empty ({string.Join(", ", found.Take(4))}{(found.Count > 4 ? ", …" : "")}): give another folder, or --force, which sets the databases there aside");

            work = BackupCommand.Private(data);
            var manifest = BackupArchive.Unpack(backup, work.FullName);
            var aside = DataExchange.Aside(data, surroundings.Time.GetUtcNow());
            var isAside = new DataExchange(data, aside).Run(work.FullName, [.. manifest.Files.Select(file => file.Name)]);
            surroundings.Output.WriteLine($"{string.Join(" and ", manifest.Files.Select(file => file.Name))} as of {manifest.Taken.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, checked, in {data}");
            if (isAside) surroundings.Output.WriteLine($"what was there lies in {aside}");
            return 0;
        }
        catch (DatabaseInUseException exception)
        {
            return surroundings.Complain(exception.Message);
        }
        catch (InvalidDataException exception)
        {
            return surroundings.Complain($"{backup} cannot be restored: {exception.Message}");
        }
        catch (SqliteException exception)
        {
            return surroundings.Complain($"{backup} cannot be restored: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return surroundings.Complain($"cannot write to {data}: {exception.Message}");
        }
        finally
        {
            work?.Delete(recursive: true);
        }
    }
}
