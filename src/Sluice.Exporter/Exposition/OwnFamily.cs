using Sluice.Exporter.Rendering;

namespace Sluice.Exporter.Exposition;

/// <summary>A family that is not made of objects.</summary>
/// <param name="Name">Of its samples.</param>
/// <param name="Type">Of it.</param>
/// <param name="Help">One sentence.</param>
internal sealed record OwnFamily(string Name, MetricType Type, string Help)
{
    /// <summary>Its samples, as they are served.</summary>
    public ByteBuffer Lines { get; } = new();
}
