using Sluice.Configuration.Patterns;
using Sluice.Configuration.Policies;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>TrafficPolicy.spec.urlRewrite. With one that cannot be put in force rules answer 500: backends would get another path than was meant.</summary>
internal static class UrlRewriteCompiler
{
    public static PathRegexRewrite? Compile(Resources.Policies.Traffic.UrlRewritePolicy spec, IPolicySurroundings surroundings, string field)
    {
        var rewrite = new PathRegexRewrite(spec.PathRegex.Pattern, spec.PathRegex.Substitution);
        try
        {
            PatternSubstitution.Parse(rewrite.Pattern, rewrite.Substitution);
            return rewrite;
        }
        catch (PatternException exception)
        {
            surroundings.Problem($"{field}.pathRegex", $"\"{rewrite.Pattern}\" with \"{rewrite.Substitution}\" cannot be used: {exception.Message}, at position {exception.Position}");
            return null;
        }
    }

    /// <summary>The path of a URLRewrite of the rule's own wins.</summary>
    public static void Apply(RuleEffects rule, PathRegexRewrite rewrite, PolicyUse use)
    {
        if (rule.BuiltIn.UrlRewrite?.Path is null)
            rule.Policies = rule.Policies with { PathRegex = rewrite };
    }
}
