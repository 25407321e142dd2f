namespace Sluice.Controller.Streaming;

/// <summary>What an <see cref="IAuthorityStore"/> keeps.</summary>
/// <param name="Content">JSON, for the store just bytes.</param>
/// <param name="Version">Tells it from what was and will be kept: a resourceVersion.</param>
internal sealed record StoredAuthority(byte[] Content, string Version);
