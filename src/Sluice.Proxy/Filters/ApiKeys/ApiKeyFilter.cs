using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.ApiKeys;

/// <summary>Asks for a key that one of the policy's clients has.</summary>
internal sealed class ApiKeyFilter : IRequestFilter
{
    /// <summary>Octets of a key; a longer one is wrong.</summary>
    public const int MaxKeyLength = 4096;

    private static readonly ApiKeySource DefaultSource = new() { Header = "api-key" };

    private static readonly HeaderValue Challenge = new("WWW-Authenticate", "ApiKey");
    private static readonly FilterDenial Missing = new(401, "api_key_missing", "an API key is needed\n", Challenge) { Details = "missing_api_key" };
    private static readonly FilterDenial Ambiguous = new(401, "api_key_ambiguous", "one API key is needed\n", Challenge) { Details = "multiple_api_key" };
    private static readonly FilterDenial Wrong = new(401, "api_key_unknown", "the API key is not known\n", Challenge) { Details = "unknown_api_key" };

    private readonly ApiKeyPlace[] _places;
    private readonly ApiKeyTable _table;
    private readonly byte[]? _header;
    private readonly byte[] _lowerHeader;
    private readonly bool _forwards;

    private ApiKeyFilter(ApiKeyPolicy policy, ApiKeyTable table)
    {
        _places = policy.Sources.Count == 0 ? [new ApiKeyPlace(DefaultSource)] : [.. policy.Sources.Select(source => new ApiKeyPlace(source))];
        _table = table;
        _header = policy.ClientIdHeader is { } header ? Encoding.ASCII.GetBytes(header) : null;
        _lowerHeader = Encoding.ASCII.GetBytes(policy.ClientIdHeader?.ToLowerInvariant() ?? "");
        _forwards = policy.ForwardCredential;
    }

    public string Name => "apiKey";

    public FilterStage Stage => FilterStage.Authentication;

    /// <summary>Null when the policy cannot be used. A client whose key cannot be used is left out and reported, without the key.</summary>
    public static ApiKeyFilter? Create(ApiKeyPolicy policy, ICollection<string> problems)
    {
        string? problem = policy.Clients.Any(client => ReferenceEquals(client.Key, SecretText.Withheld)) ? "the keys are not known yet"
            : policy.Clients.Count > ApiKeyPolicy.MaxClients ? $"there are more than {ApiKeyPolicy.MaxClients} clients"
            : policy.ClientIdHeader is { } header && (!FieldSyntax.IsName(header) || ReservedFields.Contains(header)) ? "clientIdHeader is no field that can be written"
            : policy.Sources.Select(ApiKeyPlace.Problem).FirstOrDefault(wrong => wrong is not null);
        if (problem is not null)
        {
            problems.Add($"apiKeyAuth: {problem}");
            return null;
        }
        var table = new ApiKeyTable(policy.Clients.Count);
        foreach (ApiKeyClient client in policy.Clients)
        {
            byte[] key = Encoding.UTF8.GetBytes(client.Key.Reveal().Trim());
            string? wrong = key.Length is 0 or > MaxKeyLength ? $"the key must have 1 to {MaxKeyLength} octets"
                : !FieldSyntax.IsValue(client.Id) ? "the id has a control character"
                : table.Add(key, new ApiKeyOwner(client.Id)) is { } owner ? $"its key is that of \"{owner.Id}\" too"
                : null;
            if (wrong is not null)
                problems.Add($"apiKeyAuth client \"{string.Concat(client.Id.Select(c => char.IsControl(c) ? '?' : c))}\": {wrong}; the client is left out");
        }
        return new ApiKeyFilter(policy, table);
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        FilterDenial? denial = Missing;
        ApiKeyOwner? owner = null;
        foreach (ApiKeyPlace place in _places)
        {
            denial = Look(place, head, ref owner);
            if (!ReferenceEquals(denial, Missing))
                break;
        }
        if (denial is not null)
            return context.Deny(denial);

        if (!_forwards)
            RemoveKeys(head);
        context.User = owner!.Id;
        if (_header is not null)
        {
            RequestFields.Remove(head, _lowerHeader);
            context.AddRequestField(_header, owner.IdBytes);
        }
        return FilterVerdict.Continue;
    }

    private FilterDenial? Look(ApiKeyPlace place, RequestHead head, ref ApiKeyOwner? owner)
    {
        if (place.Header.Length > 0 && RequestFields.Find(head, place.Header) is >= 0 and var index)
        {
            if (RequestFields.Find(head, place.Header, index + 1) >= 0)
                return Ambiguous;
            return Check(WithoutScheme(place, head.ValueOf(head.Fields[index])), ref owner);
        }
        if (place.Query.Length > 0 && QueryParameters.TryFind(head, place.Query, out ReadOnlySpan<byte> parameter))
        {
            Span<byte> decoded = stackalloc byte[MaxKeyLength];
            return QueryParameters.TryDecode(parameter, decoded, out int length) ? Check(decoded[..length], ref owner) : Wrong;
        }
        if (place.Cookie.Length > 0 && RequestCookies.TryFind(head, place.Cookie, out ReadOnlySpan<byte> cookie))
            return Check(cookie, ref owner);
        return Missing;
    }

    // In Authorization a key stands behind the name of a scheme.
    private static ReadOnlySpan<byte> WithoutScheme(ApiKeyPlace place, ReadOnlySpan<byte> value) =>
        place.Header.AsSpan().SequenceEqual("authorization"u8) && value.Length > 7 && Ascii.EqualsIgnoreCase(value[..7], "bearer "u8) ? value[7..].Trim((byte)' ') : value;

    private FilterDenial? Check(ReadOnlySpan<byte> key, ref ApiKeyOwner? owner)
    {
        owner = key.Length is 0 or > MaxKeyLength ? null : _table.Find(key);
        return owner is null ? Wrong : null;
    }

    private void RemoveKeys(RequestHead head)
    {
        foreach (ApiKeyPlace place in _places)
        {
            if (place.Header.Length > 0)
                RequestFields.Remove(head, place.Header);
            if (place.Query.Length > 0)
                QueryParameters.Remove(head, place.Query);
            if (place.Cookie.Length > 0)
                RequestCookies.Remove(head, place.Cookie);
        }
    }
}
