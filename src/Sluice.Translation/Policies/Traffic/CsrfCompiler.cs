using Sluice.Configuration.Patterns;
using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Common;
using Spec = Sluice.Resources.Policies.Traffic.CsrfPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.csrf: changing requests of other sites are refused. With percentageShadowed alone nothing is.</summary>
internal static class CsrfCompiler
{
    public static CsrfPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        var origins = new StringMatch[spec.AdditionalOrigins.Count];
        for (var i = 0; i < origins.Length; i++)
        {
            if (Compile(spec.AdditionalOrigins[i], out var problem) is not { } match)
            {
                surroundings.Problem($"{field}.additionalOrigins[{i}]", problem!);
                return null;
            }
            origins[i] = match;
        }
        return new CsrfPolicy
        {
            PercentageEnabled = spec.PercentageEnabled ?? (spec.PercentageShadowed is null ? 100 : 0),
            PercentageShadowed = spec.PercentageShadowed ?? 0,
            AdditionalOrigins = origins,
        };
    }

    private static StringMatch? Compile(StringMatcher matcher, out string? problem)
    {
        problem = null;
        StringMatch? match = matcher switch
        {
            { Exact: { Length: > 0 } text } => new StringMatch(StringMatchType.Exact, text, matcher.IgnoreCase),
            { Prefix: { Length: > 0 } text } => new StringMatch(StringMatchType.Prefix, text, matcher.IgnoreCase),
            { Suffix: { Length: > 0 } text } => new StringMatch(StringMatchType.Suffix, text, matcher.IgnoreCase),
            { Contains: { Length: > 0 } text } => new StringMatch(StringMatchType.Contains, text, matcher.IgnoreCase),
            { SafeRegex: { Length: > 0 } text } => new StringMatch(StringMatchType.RegularExpression, text),
            _ => null,
        };
        if (match is null)
            problem = "exactly one of exact, prefix, suffix, contains and safeRegex is needed, and not empty";
        else if (match.Type == StringMatchType.RegularExpression)
            problem = Patterns(match.Value);
        return problem is null ? match : null;
    }

    private static string? Patterns(string pattern)
    {
        try
        {
            RegularExpression.Parse(pattern);
            return null;
        }
        catch (PatternException exception)
        {
            return $"safeRegex: {exception.Message}";
        }
    }
}
