namespace Sluice.Resources.Reading;

/// <summary>What an object's spec and metadata were when it was read: see <see cref="Nodes.NodeHash"/>.</summary>
internal readonly record struct ObjectHashes(ulong Spec, ulong Metadata);
