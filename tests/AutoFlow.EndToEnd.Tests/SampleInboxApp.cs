using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>One running demo at rest, shared by the tests that do not disturb each other.</summary>
public sealed class SampleInboxApp : IAsyncLifetime
{
    public const string Name = "sample inbox";

    public DataFolder Data { get; } = new();

    public AppProcess App { get; private set; } = null!;

    public AppApi Api => App.Api;

    /// <summary>The books at the first rest, before any test did anything.</summary>
    public Books AtRest { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await AppProcess.Start(Data).AtRestAsync();
        AtRest = await Api.BooksAsync();
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        Data.Dispose();
    }
}

[CollectionDefinition(SampleInboxApp.Name)]
public sealed class SampleInboxTestGroup : ICollectionFixture<SampleInboxApp>;
