using Sluice.Expressions.Cel;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>A token that was accepted, with what it says worked out.</summary>
/// <param name="provider">Who accepted it.</param>
/// <param name="keys">The keys that were known then: with others it has to be looked at again.</param>
/// <param name="payload">The claims as JSON.</param>
/// <param name="fields">What the backend is told of them.</param>
internal sealed class VerifiedToken(JwtProviderState provider, JwtKeySet keys, byte[] payload, (byte[] Name, byte[] Value)[] fields)
{
    private readonly byte[] _payload = payload;
    private CelValue _metadata;
    private volatile bool _hasMetadata;

    public JwtProviderState Provider { get; } = provider;

    public JwtKeySet Keys { get; } = keys;

    /// <summary>The claims as JSON, verified: for expressions.</summary>
    public ReadOnlyMemory<byte> Payload => _payload;

    /// <summary>The claims as expressions find them, under "payload" and under the provider's name. Made when it is first asked for.</summary>
    public CelValue Metadata
    {
        get
        {
            if (_hasMetadata)
                return _metadata;
            lock (_payload)
            {
                var metadata = new CelDictionary();
                CelValue claims = JsonValues.Parse(_payload);
                metadata.Set("payload", claims);
                metadata.Set(Provider.Name, claims);
                _metadata = CelValue.Of(metadata);
                _hasMetadata = true;
                return _metadata;
            }
        }
    }

    /// <summary>Request fields.</summary>
    public ReadOnlySpan<(byte[] Name, byte[] Value)> Fields => fields;
}
