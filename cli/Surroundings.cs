using System.Text;
using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli;

/// <summary>What every command is given.</summary>
/// <param name="Functions">The functions that definitions may call.</param>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where complaints go, a line each.</param>
public sealed record Surroundings(IFunctionCatalog Functions, TextWriter Output, TextWriter Error)
{
    /// <summary>The clock that real durations are measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the resources that definitions name on the web.</summary>
    public IResourceReader Web { get; init; } = new WebResourceReader(static () => new HttpClient { Timeout = TimeSpan.FromSeconds(30) });

    /// <summary>Writes one clear line of complaint; gives the exit code of failure.</summary>
    public int Complain(string message)
    {
        Error.WriteLine($"autoflow: {message}");
        return 1;
    }

    /// <summary>The text of a file; null (and a complaint) when it cannot be read.</summary>
    public string? Read(string file)
    {
        if (!File.Exists(file))
        {
            Complain(file.Trim().Length == 0 ? "no file is named"
                : file.StartsWith('-') ? $"unknown flag: {file}"
                : Directory.Exists(file) ? $"a file is meant here, not the folder {file}"
                : $"no such file: {file}");
            return null;
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Complain($"cannot read {file}: {e.Message}");
            return null;
        }
    }

    /// <summary>Writes a file that holds personal data: its owner's alone, and never over another; false (and a complaint) when that fails.</summary>
    public bool WritePrivately(string file, string text)
    {
        if (!IsFree(file)) return false;
        var isOurs = false;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            isOurs = true;
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A half of it would be taken for the whole.
            if (isOurs) File.Delete(file);
            Complain($"cannot write {file}: {e.Message}");
            return false;
        }
    }

    /// <summary>Whether nothing has that name yet; false (and a complaint) where something has.</summary>
    public bool IsFree(string file)
    {
        if (file.Trim().Length > 0 && !Path.Exists(file)) return true;
        Complain(file.Trim().Length == 0 ? "--out names no file" : $"{file} is there already; nothing is overwritten, give another name with --out");
        return false;
    }

    /// <summary>Writes a file; false (and a complaint) when that fails.</summary>
    public bool Write(string file, string text)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Complain($"cannot write {file}: {e.Message}");
            return false;
        }
    }
}
