using Sluice.Configuration.Policies;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>What one policy says of content codings.</summary>
/// <param name="Response">How responses are compressed; null: they are not.</param>
/// <param name="Request">How requests are decompressed; null: they are not.</param>
internal sealed record Codings(CompressionPolicy? Response, DecompressionPolicy? Request);
