using System.Runtime.InteropServices;
using System.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>The model on disk: magic word, format, version, labels, calibration, vocabulary, weights; little-endian.</summary>
public static class IntentModelFile
{
    private const string Magic = "AutoFlowIntents";
    private const int Format = 1;

    /// <summary>Writes a model; the file appears whole or not at all.</summary>
    public static void Write(IntentModel model, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var half = Path.Combine(folder, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}.part");
        using (var writer = new BinaryWriter(File.Create(half), Encoding.UTF8))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(model.Version);
            writer.Write(model.Temperature);
            writer.Write(model.Threshold);
            writer.Write(model.Labels.Count);
            foreach (var label in model.Labels) writer.Write(label);
            writer.Write(model.Vocabulary.Buckets.Count);
            writer.Write(MemoryMarshal.AsBytes<int>(model.Vocabulary.Buckets.ToArray()));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Vocabulary.Idf.ToArray()));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Linear.Bias));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Linear.Weights));
        }
        File.Move(half, path, overwrite: true);
    }

    /// <summary>Reads a model; null when the file is missing, of another format, or cut short.</summary>
    public static IntentModel? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            if (reader.ReadString() != Magic || reader.ReadInt32() != Format) return null;
            var version = reader.ReadString();
            var temperature = reader.ReadDouble();
            var threshold = reader.ReadDouble();
            var labels = new string[Within(reader.ReadInt32(), 10_000)];
            for (var i = 0; i < labels.Length; i++) labels[i] = reader.ReadString();
            var rows = Within(reader.ReadInt32(), Features.Buckets);
            var stride = LinearModel.StrideOf(labels.Length);
            var buckets = Block<int>(reader, rows);
            var idf = Block<float>(reader, rows);
            var bias = Block<float>(reader, stride);
            var weights = Block<float>(reader, rows * stride);
            return new IntentModel(version, labels, new Vocabulary(buckets, idf), new LinearModel(labels.Length, weights, bias), temperature, threshold);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException)
        {
            return null;
        }
    }

    private static int Within(int count, int most) => count >= 0 && count <= most ? count : throw new InvalidDataException("The model file is damaged.");

    private static T[] Block<T>(BinaryReader reader, int count) where T : unmanaged
    {
        var block = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block.AsSpan()));
        return block;
    }
}
