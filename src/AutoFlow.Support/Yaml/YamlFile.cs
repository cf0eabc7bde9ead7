using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AutoFlow.Support.Yaml;

/// <summary>Opens a YAML file as one map and gathers every mistake found in it.</summary>
internal sealed class YamlFile(string name, List<FileError> errors)
{
    public bool IsClean => !errors.Exists(error => error.File == name);

    /// <summary>The file's map; null (with an error) when the text is missing, is no YAML, or is no map.</summary>
    public static YamlMap? Open(string path, List<FileError> errors)
    {
        var file = new YamlFile(path, errors);
        try
        {
            if (File.Exists(path)) return file.Parse(File.ReadAllText(path));
            file.Add(1, 1, "the file is missing");
        }
        catch (IOException error)
        {
            file.Add(1, 1, $"the file cannot be read: {error.Message}");
        }

        return null;
    }

    public YamlMap? Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root) return new YamlMap(this, root, "");
            Add(1, 1, stream.Documents.Count > 1 ? "one document is expected" : "a map of keys is expected");
        }
        catch (YamlException error)
        {
            Add((int)error.Start.Line, (int)error.Start.Column, $"not valid YAML: {error.InnerException?.Message ?? error.Message}");
        }

        return null;
    }

    public void Add(YamlNode at, string message, string? hint = null) => Add((int)at.Start.Line, (int)at.Start.Column, message, hint);

    private void Add(int line, int column, string message, string? hint = null) =>
        errors.Add(new FileError(name, Math.Max(1, line), Math.Max(1, column), message, hint));
}
