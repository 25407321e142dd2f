namespace Sluice.Exporter.Tests.Support;

/// <summary>A family as a strict parser reads it, with the name in its metadata.</summary>
internal sealed record ParsedFamily(string Name)
{
    public string? Type { get; set; }

    public string? Help { get; set; }

    public List<ParsedSample> Samples { get; } = [];
}
