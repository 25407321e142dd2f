using System.Globalization;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Acl;

/// <summary>
/// Lets client addresses in or not, by the longest prefix that holds them. A client whose address cannot be told, of a connection over
/// something else than IP, gets in only when nothing is denied by any rule and the default allows.
/// </summary>
internal sealed class AclFilter : IRequestFilter
{
    private readonly PrefixTrie _trie = new();

    // By rule, and one more for the default: null lets in.
    private readonly FilterDenial?[] _denials;

    private readonly bool _deniesAny;

    private AclFilter(AclPolicy policy)
    {
        _denials = new FilterDenial?[policy.Rules.Count + 1];
        for (int i = 0; i < policy.Rules.Count; i++)
        {
            if (policy.Rules[i].Action == AclAction.Deny)
                _denials[i] = Denial(policy, policy.Rules[i].Name ?? string.Create(CultureInfo.InvariantCulture, $"rule {i}"));
        }
        if (policy.DefaultAction == AclAction.Deny)
            _denials[^1] = Denial(policy, "default");
        _deniesAny = _denials.Any(denial => denial is not null);
    }

    public string Name => "acl";

    public FilterStage Stage => FilterStage.Authorization;

    /// <summary>Null when a part of the policy cannot be used: then nobody may get in by what is left.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="problems">Gets what cannot be used, and what can but is probably not meant.</param>
    public static AclFilter? Create(AclPolicy policy, ICollection<string> problems)
    {
        string? problem = policy.DenyStatusCode is < 400 or > 599 ? $"denyResponse.statusCode {policy.DenyStatusCode} must be from 400 to 599"
            : policy.DenyHeaders.FirstOrDefault(field => !IsField(field)) is { } wrong ? $"denyResponse.headers: \"{wrong.Name}\" cannot be written, or has a value that is none"
            : policy.BlockedByHeaderName is { } name && !IsField(new HeaderValue(name, "")) ? "denyResponse.blockedByHeaderName is no field name that can be written"
            : policy.Rules.FirstOrDefault(rule => rule.Name is { } text && !FieldSyntax.IsValue(text)) is not null ? "the name of a rule has a control character"
            : policy.Rules.Sum(rule => (long)rule.Cidrs.Count) > AclPolicy.MaxPrefixes ? $"there are more than {AclPolicy.MaxPrefixes} prefixes"
            : null;
        if (problem is null)
        {
            var filter = new AclFilter(policy);
            problem = filter.Add(policy, problems);
            if (problem is null)
                return filter;
        }
        problems.Add($"acl: {problem}");
        return null;
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (!context.TryGetClient(head, out UInt128 address))
            return _deniesAny ? context.Deny(_denials[^1] ?? _denials.First(denial => denial is not null)!) : FilterVerdict.Continue;
        int rule = _trie.Find(address);
        return _denials[rule < 0 ? ^1 : rule] is { } denial ? context.Deny(denial) : FilterVerdict.Continue;
    }

    private string? Add(AclPolicy policy, ICollection<string> problems)
    {
        for (int i = 0; i < policy.Rules.Count; i++)
        {
            foreach (string cidr in policy.Rules[i].Cidrs)
            {
                if (!IpPrefix.TryParse(cidr, out IpPrefix prefix, out string? problem))
                    return string.Create(CultureInfo.InvariantCulture, $"rules[{i}]: {problem}");
                if (_trie.TryAdd(prefix, i, out int known) || policy.Rules[known].Action == policy.Rules[i].Action)
                    continue;

                // Whoever wrote both meant one of them: the one that lets nobody in by mistake.
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"acl: {cidr} is allowed by one rule and denied by another, rules[{known}] and rules[{i}]; it is denied"));
                if (policy.Rules[i].Action == AclAction.Deny)
                    _trie.Replace(prefix, i);
            }
        }
        return null;
    }

    private static bool IsField(HeaderValue field) => FieldSyntax.IsName(field.Name) && !ReservedFields.Contains(field.Name) && FieldSyntax.IsValue(field.Value);

    private static FilterDenial Denial(AclPolicy policy, string rule)
    {
        List<HeaderValue> fields = [.. policy.DenyHeaders];
        if (policy.BlockedByHeaderName is { } name)
            fields.Add(new HeaderValue(name, rule));
        return new FilterDenial(policy.DenyStatusCode, "acl_denied", "access denied\n", fields) { Details = $"acl_denied{{{rule}}}" };
    }
}
