using System.Net;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Spec = Sluice.Resources.Policies.Traffic.AclPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.acl: clients are let in by their addresses.</summary>
internal static class AclCompiler
{
    /// <summary>Null when anything is wrong: half a list lets in, or keeps out, whom it should not.</summary>
    public static AclPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        var rules = new AclRule[spec.Rules.Count];
        var prefixes = 0;
        var isRight = TryAction(spec.DefaultAction, surroundings, $"{field}.defaultAction", out var defaultAction);
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = spec.Rules[i];
            isRight &= TryAction(rule.Action, surroundings, $"{field}.rules[{i}].action", out var action);
            for (var j = 0; j < rule.Cidrs.Count; j++)
            {
                if (IpPrefix.TryParse(rule.Cidrs[j], out _, out var problem))
                    continue;
                surroundings.Problem($"{field}.rules[{i}].cidrs[{j}]", problem);
                isRight = false;
            }
            prefixes += rule.Cidrs.Count;
            rules[i] = new AclRule { Name = rule.Name, Cidrs = rule.Cidrs, Action = action };
        }
        if (prefixes > AclPolicy.MaxPrefixes)
        {
            surroundings.Problem($"{field}.rules", $"has {prefixes} addresses and ranges; at most {AclPolicy.MaxPrefixes} are possible");
            isRight = false;
        }
        if (!isRight)
            return null;
        return new AclPolicy
        {
            DefaultAction = defaultAction,
            Rules = rules,
            DenyStatusCode = spec.DenyResponse?.StatusCode ?? (int)HttpStatusCode.Forbidden,
            DenyHeaders = spec.DenyResponse is null ? [] : [.. spec.DenyResponse.Headers.Select(header => new HeaderValue(header.Name, header.Value))],
            BlockedByHeaderName = spec.DenyResponse?.BlockedByHeaderName,
        };
    }

    /// <summary>
    /// Lists are added up, which is the default of this field alone: the rules of both hold, and of the rest what the more specific one says.
    /// </summary>
    public static AclPolicy Merge(AclPolicy specific, AclPolicy general)
    {
        var says = specific.DenyStatusCode != (int)HttpStatusCode.Forbidden || specific.DenyHeaders.Count > 0 || specific.BlockedByHeaderName is not null ? specific : general;
        return new AclPolicy
        {
            DefaultAction = specific.DefaultAction,
            Rules = [.. specific.Rules, .. general.Rules],
            DenyStatusCode = says.DenyStatusCode,
            DenyHeaders = says.DenyHeaders,
            BlockedByHeaderName = says.BlockedByHeaderName,
        };
    }

    private static bool TryAction(string text, IPolicySurroundings surroundings, string field, out AclAction action)
    {
        action = text is "allow" or "Allow" ? AclAction.Allow : AclAction.Deny;
        if (text is "allow" or "Allow" or "deny" or "Deny")
            return true;
        surroundings.Problem(field, $"\"{text}\" is not known; use allow or deny");
        return false;
    }
}
