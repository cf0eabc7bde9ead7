using AutoFlow.Support.Messages;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Understanding.Tests;

/// <summary>The shipped seeds and one model trained from them, shared by all tests.</summary>
internal static class TestData
{
    private static readonly Lazy<UnderstandingModel> Trained = new(() => UnderstandingModel.Load(SeedsFolder, new ModelFolder(null)));

    public static string SeedsFolder => Path.Combine(AppContext.BaseDirectory, "understanding", "seeds");

    public static UnderstandingModel Model => Trained.Value;

    public static IReadOnlyList<LabelledText> Seeds { get; } = Intents.Seeds.Read(SeedsFolder);

    /// <summary>What the model would say of each seed if it had not learnt it.</summary>
    public static IReadOnlyList<(Scored Scored, int Label, string Language)> HeldOutSeeds => HeldOut.Value;

    private static readonly Lazy<IReadOnlyList<(Scored, int, string)>> HeldOut = new(() =>
        [.. IntentTraining.CrossValidate(Seeds).Select(h => (Model.Intents.Calibration.Read(h.Scores, h.Known, Model.Intents.Negative), h.Label, h.Language))]);

    /// <summary>Share of the texts that can be acted on so that the share of right ones among them is <paramref name="precision"/>.</summary>
    public static double CoverageAt(double precision, IReadOnlyCollection<(Scored Scored, int Label, string Language)> guesses)
    {
        var (acted, right, best) = (0, 0, 0);
        foreach (var guess in guesses.Where(g => g.Scored.Best != Model.Intents.Negative).OrderByDescending(g => g.Scored.Probability))
        {
            acted++;
            if (guess.Scored.Best == guess.Label) right++;
            if (right >= precision * acted) best = acted;
        }
        return (double)best / guesses.Count;
    }

    public static BuiltInUnderstanding Understanding => new(Model, new UnderstandingOptions { OwnAddresses = ["help@lumen-shop.example"] });

    /// <summary>Outside data by env AUTOFLOW_SHARED or <c>../shared</c> beside the repository; null when absent.</summary>
    public static string? Shared(string folder)
    {
        var root = Environment.GetEnvironmentVariable("AUTOFLOW_SHARED") is { Length: > 0 } set ? set : Path.Combine(Repository.Root, "..", "shared");
        return Directory.Exists(Path.Combine(root, folder)) ? Path.Combine(root, folder) : null;
    }

    public static InboundMessage Mail(string text, string? subject = null, string from = "anna@customer.example", string? html = null, params (string Name, string Value)[] headers) => new()
    {
        Id = "1",
        Channel = "mail",
        From = from,
        Subject = subject,
        Text = text,
        Html = html,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Headers = headers.ToDictionary(h => h.Name, h => h.Value),
    };
}

/// <summary>Like <see cref="SharedFactAttribute"/>, for theories.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string folder)
    {
        if (TestData.Shared(folder) is null) Skip = SharedFactAttribute.Reason(folder);
    }
}

/// <summary>Runs only where the outside data is at hand; else the test is reported as skipped with the reason.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string folder)
    {
        if (TestData.Shared(folder) is null) Skip = Reason(folder);
    }

    public static string Reason(string folder) => $"Needs outside data: no {folder} below AUTOFLOW_SHARED or ../shared.";
}
