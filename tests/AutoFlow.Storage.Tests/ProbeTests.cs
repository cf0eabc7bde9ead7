using AutoFlow.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

public sealed class ProbeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_that_is_ready_is_good(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var state = await data.Get<DatabaseProbe>().LookAsync(None);

        Assert.Equal((true, null), (state.IsGood, state.Error));
        Assert.True(state.Took >= TimeSpan.Zero);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_with_another_schema_is_not_ready(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.QueryAsync($"DELETE FROM schema_versions WHERE number = {SchemaScript.All.Count}");

        Assert.Equal($"The schema is {SchemaScript.All.Count - 1}, this version needs {SchemaScript.All.Count}.", (await data.Get<DatabaseProbe>().LookAsync(None)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_empty_database_is_not_ready(On on)
    {
        await using var data = await SupportData.EmptyAsync(on);

        Assert.False((await data.Get<DatabaseProbe>().LookAsync(None)).IsGood);
    }

    [Theory, OnPostgres]
    public async Task A_server_that_is_away_or_refuses_is_told_without_its_name_and_ours(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var refused = data.Compose(data.Postgres! with { Password = "wrong" });
        using var proxy = new CuttingProxy(data.Postgres!.Port);
        proxy.GoDown();
        await using var away = data.Compose(data.Postgres with { Port = proxy.Port });

        Assert.Equal("The server refused (28P01).", (await refused.GetRequiredService<DatabaseProbe>().LookAsync(None)).Error);
        Assert.Equal("The server cannot be reached.", (await away.GetRequiredService<DatabaseProbe>().LookAsync(None)).Error);
    }
}
