namespace Sluice.Proxy.Http;

/// <summary>A part of a buffer.</summary>
internal readonly record struct Slice(int Offset, int Length);
