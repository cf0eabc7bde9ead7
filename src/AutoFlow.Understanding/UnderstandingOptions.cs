namespace AutoFlow.Understanding;

/// <summary>What the built-in understanding needs to know of the shop and the machine.</summary>
public sealed record UnderstandingOptions
{
    /// <summary>Folder of <c>*.tsv</c> seeds, one file per language named by its ISO 639-1 code. Default: <c>understanding/seeds</c> beside the program.</summary>
    public string SeedsFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "understanding", "seeds");

    /// <summary>Folder of the frozen set, in the form of the seeds: models are measured on it and never learn from it. Default: <c>understanding/frozen</c> beside the program.</summary>
    public string FrozenFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "understanding", "frozen");

    /// <summary>Folder where the trained model is kept between starts; null trains at every start.</summary>
    public string? ModelFolder { get; set; }

    /// <summary>The seeds' model where it was trained when the program was published, so that a new machine need not train it. Default: <c>understanding/seeds.model</c> beside the program; it need not be there.</summary>
    public string? ShippedModel { get; set; } = Path.Combine(AppContext.BaseDirectory, "understanding", "seeds.model");

    /// <summary>The shop's order numbers as a regular expression without look-around and back-references.</summary>
    public string OrderNumberPattern { get; set; } = @"#?\d{4,6}";

    /// <summary>The shop's own sending addresses: mail from them is never answered.</summary>
    public IReadOnlyCollection<string> OwnAddresses { get; set; } = [];
}
