using AutoFlow.Functions.Orchestrations;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Functions.Tests.Orchestrations;

public sealed class InstanceIdTests
{
    [Theory]
    [InlineData("T-1005", "await-approval~T-1005")]
    public void A_matter_that_hosts_take_is_named_as_it_is(string ticket, string id)
    {
        Assert.Equal(id, InstanceIds.ForMatter("await-approval", ticket));
        Assert.Equal(id, InstanceIds.ForApproval(ticket));
    }

    [Fact]
    public void Any_text_gives_an_id_that_Azure_Storage_takes_and_other_texts_give_others()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<string?>(text =>
        {
            var id = InstanceIds.ForMatter("await-approval", text ?? "");
            Assert.DoesNotContain(id, one => one is '/' or '\\' or '#' or '?' || char.IsControl(one));
            Assert.InRange(id.Length, 1, 100);
            Assert.Equal(id, InstanceIds.RootOf(id));
        }));
        Assert.Equal(4, new[] { "a/b", "a#b", "a-b", "a~b" }.Select(text => InstanceIds.ForMatter("w", text)).Distinct().Count());
        Assert.InRange(InstanceIds.ForMatter("w", new string('/', 500)).Length, 1, 100);
    }
}
