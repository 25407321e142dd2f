using Sluice.Configuration.Patterns;
using Sluice.Configuration.Policies;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>TrafficPolicy.spec.urlRewrite. One that cannot be put in force is reported and kept: the proxy answers 500 rather than with another path than was meant.</summary>
internal static class UrlRewriteCompiler
{
    public static PathRegexRewrite? Compile(Resources.Policies.Traffic.UrlRewritePolicy spec, IPolicySurroundings surroundings, string field)
    {
        var rewrite = new PathRegexRewrite(spec.PathRegex.Pattern, spec.PathRegex.Substitution);
        try
        {
            PatternSubstitution.Parse(rewrite.Pattern, rewrite.Substitution);
        }
        catch (PatternException exception)
        {
            surroundings.Problem($"{field}.pathRegex", $"\"{rewrite.Pattern}\" with \"{rewrite.Substitution}\" cannot be used: {exception.Message}, at position {exception.Position}; requests are answered with 500");
        }
        return rewrite;
    }
}
