using System.Text.Json;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.State;

/// <summary>A small JSON file that holds either the old or the new state after a crash at any moment, never a mixture.</summary>
/// <param name="path">Its folder is made when missing.</param>
public sealed class StateFile<T>(string path) where T : class
{
    /// <summary>The state that was saved last; null when there is none yet.</summary>
    public T? Load() => File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), SampleData.Json) : null;

    /// <summary>Returns when the state is on the disk: a new file is written and flushed, then takes the old one's name.</summary>
    public void Save(T state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + ".new";
        using (var stream = File.Create(fresh))
        {
            JsonSerializer.Serialize(stream, state, SampleData.Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
