using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace AutoFlow.Cli.Backup;

/// <summary>A file in a backup.</summary>
internal sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>What a backup holds.</summary>
/// <param name="Taken">The moment that it is of, UTC.</param>
internal sealed record BackupManifest(string Format, int Version, DateTimeOffset Taken, IReadOnlyList<BackupFile> Files);

/// <summary>A backup as a file: a zip of the databases, and of a manifest that names them with their hashes.</summary>
internal static class BackupArchive
{
    private const string Format = "autoflow-backup";
    private const int Version = 1;
    private const string Manifest = "manifest.json";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes a backup; only its owner may read it, because it holds personal data and the keys.</summary>
    public static void Write(string path, string folder, IReadOnlyList<string> names, DateTimeOffset taken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerAlone;
        using var file = new FileStream(path, options);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var files = names.Select(name => new BackupFile(name, new FileInfo(Path.Combine(folder, name)).Length, HashOf(Path.Combine(folder, name)))).ToList();
            using (var manifest = zip.CreateEntry(Manifest).Open())
                JsonSerializer.Serialize(manifest, new BackupManifest(Format, Version, taken, files), Options);
            foreach (var name in names) zip.CreateEntryFromFile(Path.Combine(folder, name), name, CompressionLevel.Fastest);
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Unpacks a backup into a folder and checks it; its files are their owner's alone, whatever they were.</summary>
    /// <exception cref="InvalidDataException">It is none, or it is damaged; the message says which.</exception>
    public static BackupManifest Unpack(string path, string folder)
    {
        using var zip = Open(path);
        if (zip.GetEntry(Manifest) is not { } entry) throw new InvalidDataException("it is no backup: there is no manifest.json in it");
        BackupManifest? manifest;
        try
        {
            using var text = entry.Open();
            manifest = JsonSerializer.Deserialize<BackupManifest>(text, Options);
        }
        catch (JsonException)
        {
            manifest = null;
        }

        if (manifest is not { Format: Format, Files: not null }) throw new InvalidDataException("it is no backup: its manifest.json is not one of 'autoflow backup'");
        if (manifest.Version > Version) throw new InvalidDataException($"it was written by a newer program (version {manifest.Version}; this one reads up to {Version})");
        if (manifest.Files.Any(file => file.Name is not (DataFiles.Host or DataFiles.Support)) || manifest.Files.All(file => file.Name != DataFiles.Host))
            throw new InvalidDataException("its manifest.json names other files than a backup has");
        foreach (var file in manifest.Files)
        {
            var target = Path.Combine(folder, file.Name);
            if (zip.GetEntry(file.Name) is not { } packed) throw new InvalidDataException($"{file.Name} is missing in it");
            packed.ExtractToFile(target);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, OwnerAlone);
            if (HashOf(target) != file.Sha256) throw new InvalidDataException($"{file.Name} in it is damaged: its hash is another than the manifest's");
            if (DataFiles.DamageOf(target) is { } damage) throw new InvalidDataException($"{file.Name} in it is damaged: {damage.ReplaceLineEndings(" ")}");
        }

        return manifest;
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("it is no backup, or its end is missing: 'autoflow backup' writes what is read here", exception);
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
