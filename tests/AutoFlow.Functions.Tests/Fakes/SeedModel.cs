using AutoFlow.Understanding;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>The shipped understanding, trained on its seeds once for all tests: that takes seconds.</summary>
internal static class SeedModel
{
    private static readonly Lazy<UnderstandingModel> Model = new(() => UnderstandingModel.Load(Path.Combine(AppContext.BaseDirectory, "understanding", "seeds"), new ModelFolder(null)));

    public static UnderstandingModel Value => Model.Value;
}
