namespace AutoFlow.EmbeddedHost.Store;

/// <summary>A restore into the data folder was cut off: its databases may be of different moments.</summary>
public sealed class UnfinishedRestoreException : IOException
{
    /// <summary>The file that lies in a data folder while a restore exchanges its databases.</summary>
    internal const string Mark = "restore-unfinished";

    /// <summary>Names the folder and what to do.</summary>
    /// <param name="folder">The data folder.</param>
    public UnfinishedRestoreException(string folder)
        : base($"A restore into '{folder}' did not come to its end ({Mark} lies there). Run 'autoflow restore' with --force again; what was there before lies in the folder replaced-… in it.")
    {
    }

    /// <summary>Throws where a restore into the folder was cut off.</summary>
    internal static void ThrowIfMarked(string folder)
    {
        if (File.Exists(Path.Combine(folder, Mark)))
            throw new UnfinishedRestoreException(folder);
    }
}
