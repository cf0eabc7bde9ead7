namespace AutoFlow.Cli.Graph;

/// <summary>Gives the items of ordered layers their x: near the mean of their neighbours, without overlaps.</summary>
internal static class LayerPlaces
{
    private const int Rounds = 60;
    private const double Gap = 18;

    public static void Assign(IReadOnlyList<List<LayerItem>> layers)
    {
        foreach (var layer in layers) Separate(layer, static _ => 0);
        for (var round = 0; round < Rounds; round++)
        {
            // The later rounds look both ways, so that neither direction has the last word.
            var both = round > Rounds / 3;
            var (up, down) = (both || round % 2 == 0, both || round % 2 == 1);
            for (var i = 0; i < layers.Count; i++) Separate(layers[round % 2 == 0 ? i : layers.Count - 1 - i], item => Wish(item, up, down));
        }
    }

    private static double Wish(LayerItem item, bool up, bool down)
    {
        var neighbours = (up ? item.Above : []).Concat(down ? item.Below : []).ToList();
        if (neighbours.Count == 0) neighbours = [.. item.Above, .. item.Below];
        if (neighbours.Count == 0) return item.Beside?.X ?? item.X;
        var weights = neighbours.Sum(n => Weight(item, n));
        return neighbours.Sum(n => n.X * Weight(item, n)) / weights;
    }

    /// <summary>Long edges are to be straight before anything else.</summary>
    private static double Weight(LayerItem one, LayerItem other) => (one.IsChannel, other.IsChannel) switch
    {
        (true, true) => 8,
        (true, false) or (false, true) => 1,
        _ => 2,
    };

    /// <summary>Moves the items as little as possible (least squares) so that they keep their order and their gaps: pool adjacent violators.</summary>
    private static void Separate(List<LayerItem> layer, Func<LayerItem, double> wish)
    {
        var offsets = new double[layer.Count];
        for (var i = 1; i < layer.Count; i++) offsets[i] = offsets[i - 1] + ((layer[i - 1].Width + layer[i].Width) / 2) + Between(layer[i - 1], layer[i]);
        var pools = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < layer.Count; i++)
        {
            var weight = layer[i].IsChannel ? 4 : 1;
            var pool = (Sum: (wish(layer[i]) - offsets[i]) * weight, Weight: (double)weight, Count: 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight > pool.Sum / pool.Weight)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Weight + pools[^1].Weight, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        var next = 0;
        foreach (var (sum, weight, count) in pools)
        {
            for (var i = 0; i < count; i++, next++) layer[next].X = (sum / weight) + offsets[next];
        }
    }

    /// <summary>The gap between two neighbours.</summary>
    public static double Between(LayerItem left, LayerItem right) => left.IsChannel && right.IsChannel ? Gap / 3 : Gap;
}
