namespace Sluice.Resources.Reading.Nodes;

/// <summary>What a value is after YAML's plain scalars were resolved as Kubernetes resolves them (YAML 1.1).</summary>
internal enum NodeKind : byte
{
    Null,
    String,
    Integer,
    Float,
    Boolean,
    Mapping,
    Sequence,
}
