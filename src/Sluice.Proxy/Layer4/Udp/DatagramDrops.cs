namespace Sluice.Proxy.Layer4.Udp;

/// <summary>Names of reasons in metrics.</summary>
internal static class DatagramDrops
{
    public static string Name(DatagramDrop drop) => drop switch
    {
        DatagramDrop.NoBackend => "no backend",
        DatagramDrop.Unreachable => "unreachable",
        DatagramDrop.BufferFull => "buffer full",
        DatagramDrop.TooLarge => "too large",
        DatagramDrop.NoDescriptor => "no descriptor",
        DatagramDrop.Draining => "draining",
        _ => "reply",
    };
}
