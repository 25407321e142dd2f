namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>What a token endpoint answered.</summary>
/// <param name="StatusCode">Of HTTP.</param>
/// <param name="Body">At most <see cref="IOAuth2Calls.MaxBodyLength"/> octets.</param>
internal sealed record OAuth2Answer(int StatusCode, byte[] Body);
