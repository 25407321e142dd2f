namespace Sluice.Configuration.Streaming;

/// <summary>A frame as it was read.</summary>
public readonly record struct Frame(FrameType Type, ReadOnlyMemory<byte> Payload);
