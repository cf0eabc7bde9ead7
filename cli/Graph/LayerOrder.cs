namespace AutoFlow.Cli.Graph;

/// <summary>Orders the items of layers so that few edges cross: each item goes to the median of its neighbours, down and up again.</summary>
internal static class LayerOrder
{
    private const int Sweeps = 12;

    public static void Arrange(IReadOnlyList<List<LayerItem>> layers)
    {
        var best = Copy(layers);
        var fewest = Crossings(layers);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (var i = 1; i < layers.Count; i++) Sort(layers[i], layers[i - 1], static item => item.Above);
            }
            else
            {
                for (var i = layers.Count - 2; i >= 0; i--) Sort(layers[i], layers[i + 1], static item => item.Below);
            }

            var crossings = Crossings(layers);
            if (crossings >= fewest) continue;
            (fewest, best) = (crossings, Copy(layers));
        }

        for (var i = 0; i < layers.Count; i++)
        {
            layers[i].Clear();
            layers[i].AddRange(best[i]);
        }
    }

    private static List<List<LayerItem>> Copy(IEnumerable<List<LayerItem>> layers) => [.. layers.Select(static l => l.ToList())];

    private static void Sort(List<LayerItem> layer, List<LayerItem> beside, Func<LayerItem, List<LayerItem>> neighbours)
    {
        var places = beside.Select(static (item, i) => (item, i)).ToDictionary(static x => x.item, static x => x.i);
        // An item without neighbours keeps its place; the sort is stable.
        var sorted = layer.Select((item, i) => (item, Key: Median([.. neighbours(item).Select(n => places[n])]) ?? i * beside.Count / (double)layer.Count))
            .OrderBy(static x => x.Key).Select(static x => x.item).ToList();
        layer.Clear();
        layer.AddRange(sorted);
    }

    private static double? Median(List<int> places)
    {
        if (places.Count == 0) return null;
        places.Sort();
        var middle = places.Count / 2;
        return places.Count % 2 == 1 ? places[middle] : (places[middle - 1] + places[middle]) / 2.0;
    }

    private static int Crossings(IReadOnlyList<List<LayerItem>> layers)
    {
        var count = 0;
        for (var i = 1; i < layers.Count; i++)
        {
            var places = layers[i].Select(static (item, p) => (item, p)).ToDictionary(static x => x.item, static x => x.p);
            var ends = layers[i - 1].SelectMany((item, from) => item.Below.Select(b => (From: from, To: places[b]))).ToList();
            for (var a = 0; a < ends.Count; a++)
            {
                for (var b = a + 1; b < ends.Count; b++)
                {
                    if ((ends[a].From - ends[b].From) * (ends[a].To - ends[b].To) < 0) count++;
                }
            }
        }

        return count;
    }
}
