namespace AutoFlow.Cli.Graph;

/// <summary>Something that takes a place in a layer: a node, or the channel of an edge that passes.</summary>
internal sealed class LayerItem(int rank, double width, double height, bool isChannel)
{
    public int Rank { get; } = rank;

    public double Width { get; } = width;

    public double Height { get; } = height;

    public bool IsChannel { get; } = isChannel;

    /// <summary>The neighbours in the layer above.</summary>
    public List<LayerItem> Above { get; } = [];

    /// <summary>The neighbours in the layer below.</summary>
    public List<LayerItem> Below { get; } = [];

    /// <summary>The node that this must stand beside; null where it may stand anywhere.</summary>
    public LayerItem? Beside { get; set; }

    /// <summary>The centre.</summary>
    public double X { get; set; }

    public double Y { get; set; }
}
