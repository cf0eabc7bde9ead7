using AutoFlow.Workflows.Jq;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>Updates in a loop share memory with what they came from, and nobody can tell.</summary>
public class JqUpdateTests
{
    [Theory]
    [InlineData("reduce range(10000) as $i ([]; .[$i] = $i) | length, .[0], .[-1], (add)", "10000 0 9999 49995000")]
    [InlineData("reduce range(10000) as $i ({}; .[\"k\\($i)\"] = $i) | length, .k0, .k9999, (add)", "10000 0 9999 49995000")]
    [InlineData("reduce range(10000) as $i ([]; . + [$i]) | length, .[5000]", "10000 5000")]
    [InlineData("reduce range(10000) as $i ({}; . + {\"k\\($i)\": $i}) | length, .k5000", "10000 5000")]
    [InlineData("reduce range(10000) as $i ([range(10000)]; .[$i] += 1) | .[0], .[9999]", "1 10000")]
    [InlineData("[range(10000)] | (.[] |= . + 1) | .[0], .[9999]", "1 10000")]
    [InlineData("reduce range(3000) as $i (reduce range(4000) as $i ({}; .[\"k\\($i)\"] = $i); del(.[\"k\\($i)\"])) | length, (keys_unsorted | first)", "1000 \"k3000\"")]
    [InlineData("[range(2000)] | map({key: \"k\\(.)\", value: .}) | from_entries | length", "2000")]
    public void A_loop_of_updates_stays_within_the_ordinary_budget(string program, string expected) =>
        Assert.Equal(expected, Jq.All(program));

    [Fact]
    public void An_array_that_was_updated_is_what_a_list_would_be() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var versions = new List<(JqValue Value, List<int> Model)> { (JqValue.EmptyArray, []) };
            var program = JqProgram.Compile(".[$at] = $new", ["at", "new"]).Program!;
            for (var i = 0; i < 300; i++)
            {
                // Mostly the newest version, sometimes an old one: they share memory.
                var (value, model) = versions[random.Next(4) == 0 ? random.Next(versions.Count) : versions.Count - 1];
                var at = random.Next(3) == 0 && model.Count > 0 ? random.Next(model.Count) : model.Count;
                List<int> next = [.. model];
                if (at == next.Count)
                    next.Add(i);
                else
                    next[at] = i;
                versions.Add((program.EvaluateFirst(value, [JqValue.From(at), JqValue.From(i)]), next));
            }

            Assert.All(versions, v => Assert.Equal(JqValue.FromArray(v.Model.Select(n => JqValue.From(n))).ToJson(), v.Value.ToJson()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_object_that_was_updated_keeps_its_keys_in_the_order_they_came() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var versions = new List<(JqValue Value, List<(string Key, int Value)> Model)> { (JqValue.EmptyObject, []) };
            for (var i = 0; i < 400; i++)
            {
                var (value, model) = versions[random.Next(4) == 0 ? random.Next(versions.Count) : versions.Count - 1];
                var key = $"k{random.Next(150)}";
                List<(string Key, int Value)> next = [.. model];
                var at = next.FindIndex(p => p.Key == key);
                if (random.Next(5) == 0)
                {
                    next.RemoveAll(p => p.Key == key);
                    versions.Add((value.Without(key), next));
                    continue;
                }

                if (at < 0)
                    next.Add((key, i));
                else
                    next[at] = (key, i);
                versions.Add((value.With(key, JqValue.From(i)), next));
            }

            Assert.All(versions, v =>
            {
                var rebuilt = JqValue.FromObject([.. v.Model.Select(p => (p.Key, JqValue.From(p.Value)))]);
                Assert.Equal(rebuilt.ToJson(), v.Value.ToJson());
                Assert.Equal(rebuilt, v.Value);
                Assert.Equal((rebuilt.Weight, rebuilt.Depth, rebuilt.Count), (v.Value.Weight, v.Value.Depth, v.Value.Count));
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Depth_and_size_are_known_after_updates_too()
    {
        var program = Jq.Compile("reduce range(200) as $i ([]; .[$i] = [[$i]]) | .[77] = [[[1]]] | ., (.[77] = 1), ([.[] = 1] | .[0])");
        Assert.Equal([4, 3, 1], program.Evaluate(JqValue.Null, []).Select(v => v.Depth));
        Assert.All(program.Evaluate(JqValue.Null, []), v => Assert.Equal(JqValue.Parse(v.ToJson()).Weight, v.Weight));
    }
}
