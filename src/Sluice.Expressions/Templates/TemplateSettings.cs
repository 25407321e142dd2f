namespace Sluice.Expressions.Templates;

/// <summary>What templates of one purpose may do.</summary>
public sealed record TemplateSettings
{
    public static TemplateSettings Default { get; } = new();

    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>
    /// Names that env() may be asked for. None by default: a proxy's environment may hold what is secret. Null: any, for who checks a
    /// template that is rendered elsewhere.
    /// </summary>
    public IReadOnlySet<string>? AllowedEnvironment { get; init; } = new HashSet<string>();
}
