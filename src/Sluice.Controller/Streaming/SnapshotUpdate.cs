using Sluice.Configuration.Streaming;

namespace Sluice.Controller.Streaming;

/// <summary>How a proxy gets to a snapshot.</summary>
internal sealed record SnapshotUpdate(EncodedUpdate Encoded, UpdateBase Base)
{
    public bool IsFull => Base == UpdateBase.Nothing;

    public bool IsUnchanged => Base == UpdateBase.Digest;
}
