using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class SweepPaceTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void A_row_that_never_goes_on_is_tried_ever_more_seldom_and_at_least_every_hour()
    {
        var pace = new SweepPace(_time);
        var tried = new List<double>();

        for (var minutes = 0.0; minutes < 360; minutes += 0.5, _time.Now += TimeSpan.FromSeconds(30))
        {
            if (pace.Due("inbox", ["poison"]).Count > 0) tried.Add(minutes);
        }

        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 123.5, 183.5, 243.5, 303.5], tried);
    }

    [Fact]
    public void A_new_row_and_one_that_stood_still_before_are_due_at_once_in_each_queue()
    {
        var pace = new SweepPace(_time);
        Assert.Equal(["a", "b"], pace.Due("inbox", ["a", "b", "a"]));

        Assert.Equal(["c"], pace.Due("inbox", ["a", "c"]));
        Assert.Equal(["a"], pace.Due("outbox", ["a"]));
        Assert.Equal(["b"], pace.Due("inbox", ["a", "b"]));
    }
}
