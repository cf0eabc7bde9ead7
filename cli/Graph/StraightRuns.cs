namespace AutoFlow.Cli.Graph;

/// <summary>Takes the last small bends out of placed layers: items that follow each other alone are put under each other where there is room.</summary>
internal static class StraightRuns
{
    private const int Rounds = 3;

    public static void Align(IReadOnlyList<List<LayerItem>> layers)
    {
        var rooms = layers.SelectMany(static layer => layer.Select((item, i) => (item, Room: new Room(layer, i))))
            .ToDictionary(static x => x.item, static x => x.Room);
        var runs = layers.SelectMany(static l => l).Where(static item => Before(item) is null)
            .Select(static item => Run(item).ToList()).Where(static run => run.Count > 1).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var run in runs) Align(run, rooms);
        }
    }

    private static void Align(List<LayerItem> run, Dictionary<LayerItem, Room> rooms)
    {
        for (var start = 0; start < run.Count;)
        {
            var (low, high) = rooms[run[start]].Bounds();
            var end = start + 1;
            for (; end < run.Count; end++)
            {
                var next = rooms[run[end]].Bounds();
                if (Math.Max(low, next.Low) > Math.Min(high, next.High)) break;
                (low, high) = (Math.Max(low, next.Low), Math.Min(high, next.High));
            }

            var together = run[start..end];
            // A node weighs more than the channels that lead to it.
            var wish = together.Where(static i => !i.IsChannel).Select(static i => i.X).DefaultIfEmpty(together.Average(static i => i.X)).Average();
            foreach (var item in together) item.X = Math.Clamp(wish, low, high);
            start = end;
        }
    }

    private static IEnumerable<LayerItem> Run(LayerItem first)
    {
        for (var item = first; item is not null; item = After(item)) yield return item;
    }

    private static LayerItem? After(LayerItem item) => item.Below is [var next] && next.Above is [_] ? next : null;

    private static LayerItem? Before(LayerItem item) => item.Above is [var before] && before.Below is [_] ? before : null;

    /// <summary>The room an item has between its neighbours in the layer.</summary>
    private sealed class Room(List<LayerItem> layer, int place)
    {
        public (double Low, double High) Bounds()
        {
            var item = layer[place];
            var low = place == 0 ? double.NegativeInfinity : layer[place - 1].X + Apart(layer[place - 1], item);
            var high = place == layer.Count - 1 ? double.PositiveInfinity : layer[place + 1].X - Apart(item, layer[place + 1]);
            // Rounding may leave no room at all; then the item stays where it is.
            return low > high ? (item.X, item.X) : (low, high);
        }

        private static double Apart(LayerItem left, LayerItem right) => ((left.Width + right.Width) / 2) + LayerPlaces.Between(left, right);
    }
}
