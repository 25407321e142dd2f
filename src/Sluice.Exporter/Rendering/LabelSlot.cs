using System.Text;

namespace Sluice.Exporter.Rendering;

/// <summary>A label's place among those of a sample.</summary>
/// <param name="Name">Of the label.</param>
/// <param name="Path">Where its value stands; null where it is constant.</param>
/// <param name="Constant">Its value where it is constant.</param>
/// <param name="IsOwn">It is the family's, not the kind's.</param>
internal sealed record LabelSlot(string Name, CompiledPath? Path, string Constant, bool IsOwn)
{
    /// <summary>The name and what follows up to the value; for a constant the value too.</summary>
    public byte[] Head { get; } = Encoding.UTF8.GetBytes(Path is null ? $"{Name}=\"{Constant}\"" : $"{Name}=\"");
}
