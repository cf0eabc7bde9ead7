using System.Net;
using AutoFlow.Protocols.Http;
using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.Http;

public sealed class EgressPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    public void Link_local_and_metadata_addresses_are_refused(string address) => Assert.True(EgressPolicy.IsRefused(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.253.255.255")]
    [InlineData("fec0::1")]
    [InlineData("fd00:ec2::253")]
    [InlineData("2001:db8::1")]
    public void Other_addresses_are_not(string address) => Assert.False(EgressPolicy.IsRefused(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fd00:ec2::254]/latest")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    public async Task A_call_to_one_is_an_authorization_error_in_one_line(string address)
    {
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{address}}}"}}""");
        Assert.EndsWith("/authorization", error.Type, StringComparison.Ordinal);
        Assert.Equal(403, error.Status);
        Assert.Contains("it is a link-local or cloud metadata address", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("api.example.com", false)]
    [InlineData("*.0.0.1", true)]
    [InlineData("*.27.0.0.1", false)]
    public async Task Only_allowed_hosts_are_called_where_there_is_a_list(string allowed, bool succeeds)
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller(("AllowedHosts:0", allowed));
        var outcome = await caller.CallAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}"}}""");
        Assert.Equal(succeeds, outcome.Error is null);
        if (!succeeds) Assert.Equal((403, "the host '127.0.0.1' may not be called; it is not among Protocols:AllowedHosts"), (outcome.Error!.Status, outcome.Error.Detail));
        Assert.Equal(succeeds ? 1 : 0, service.Seen.Count);
    }

    [Fact]
    public async Task The_list_counts_for_token_endpoints_too()
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller(("AllowedHosts:0", "127.0.0.1"));
        var error = await caller.ErrorAsync("http", $$$"""
            {"method":"GET","endpoint":{"uri":"{{{service.Address}}}","authentication":{"oauth2":{"authority":"http://localhost:1","grant":"client_credentials","client":{"id":"a","secret":"b"}} }} }
            """);
        Assert.Equal(403, error.Status);
        Assert.Contains("'localhost'", error.Detail, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }
}
