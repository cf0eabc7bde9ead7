using System.Runtime.InteropServices;
using System.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>The model on disk: magic word, format, version, labels, calibration, vocabulary, weights; little-endian.</summary>
public static class IntentModelFile
{
    private const string Magic = "AutoFlowIntents";
    private const int Format = 3;
    private const int MostRows = 50_000_000;
    private const int MostLabels = 10_000;

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
            writer.Write(IntentTraining.Recipe);
            writer.Write(model.Version);
            writer.Write(model.Calibration.Temperature);
            writer.Write(model.Threshold);
            WriteWeights(writer, model.Calibration.Right);
            WriteWeights(writer, model.Calibration.Within);
            WriteWeights(writer, model.Calibration.Joint);
            WriteWords(writer, model.Labels);
            WriteWords(writer, model.Languages);
            writer.Write(model.Vocabulary.MeaningWeight);
            writer.Write(model.Vocabulary.Buckets.Count);
            writer.Write(MemoryMarshal.AsBytes<uint>(model.Vocabulary.Buckets.ToArray()));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Vocabulary.Idf.ToArray()));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Linear.Bias));
            writer.Write(MemoryMarshal.AsBytes<float>(model.Linear.Weights));
        }
        File.Move(half, path, overwrite: true);
    }

    /// <summary>Reads a model; null when the file is missing, damaged, or was trained by another version or with other glossaries: it would read texts otherwise than it learnt them.</summary>
    public static IntentModel? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            if (reader.ReadString() != Magic || reader.ReadInt32() != Format || reader.ReadString() != IntentTraining.Recipe) return null;
            var version = reader.ReadString();
            var temperature = reader.ReadDouble();
            var threshold = reader.ReadDouble();
            var (right, within, joint) = (ReadWeights(reader), ReadWeights(reader), ReadWeights(reader));
            var labels = ReadWords(reader, fewest: 2);
            var languages = ReadWords(reader, fewest: 1);
            var meaningWeight = reader.ReadSingle();
            var rows = Within(reader.ReadInt32(), 0, MostRows);
            var stride = LinearModel.StrideOf(labels.Length);
            // Before anything of that size is asked for: the rest of the file is just these blocks.
            var floats = (2L * rows) + stride + ((rows + (long)WordVectors.Dimensions) * stride);
            if (reader.BaseStream.Length - reader.BaseStream.Position != floats * sizeof(float) || floats > int.MaxValue) return null;
            var buckets = Block<uint>(reader, rows);
            var idf = Block<float>(reader, rows);
            var vocabulary = new Vocabulary(buckets, idf, meaningWeight);
            var bias = Block<float>(reader, stride);
            var weights = Block<float>(reader, vocabulary.Rows * stride);
            if (!IsFinite(weights) || !IsFinite(bias) || !IsFinite(idf) || !double.IsFinite(temperature) || temperature <= 0 || !double.IsFinite(threshold)) return null;
            return new IntentModel(
                version, labels, languages, vocabulary, new LinearModel(labels.Length, weights, bias), new Calibration(temperature, right, within, joint, threshold));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void WriteWeights(BinaryWriter writer, Confidence confidence)
    {
        writer.Write(confidence.Weights.Count);
        foreach (var weight in confidence.Weights) writer.Write(weight);
    }

    private static Confidence ReadWeights(BinaryReader reader)
    {
        var weights = new double[Within(reader.ReadInt32(), Confidence.InputCount, Confidence.InputCount)];
        for (var i = 0; i < weights.Length; i++) weights[i] = reader.ReadDouble();
        return weights.All(double.IsFinite) ? new Confidence(weights) : throw new InvalidDataException("The model file is damaged.");
    }

    private static void WriteWords(BinaryWriter writer, IReadOnlyList<string> words)
    {
        writer.Write(words.Count);
        foreach (var word in words) writer.Write(word);
    }

    private static string[] ReadWords(BinaryReader reader, int fewest)
    {
        var words = new string[Within(reader.ReadInt32(), fewest, MostLabels)];
        for (var i = 0; i < words.Length; i++) words[i] = reader.ReadString();
        return words;
    }

    private static bool IsFinite(float[] values) => Array.TrueForAll(values, float.IsFinite);

    private static int Within(int count, int fewest, int most) => count >= fewest && count <= most ? count : throw new InvalidDataException("The model file is damaged.");

    private static T[] Block<T>(BinaryReader reader, int count) where T : unmanaged
    {
        var block = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block.AsSpan()));
        return block;
    }
}
