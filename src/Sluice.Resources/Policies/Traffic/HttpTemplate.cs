namespace Sluice.Resources.Policies.Traffic;

/// <summary>A header field with a template as its value.</summary>
public sealed record HttpTemplate
{
    /// <summary>The field's name, or a pseudo header such as :path.</summary>
    public required string Name { get; init; }

    /// <summary>The template. Null and what renders to nothing remove the field.</summary>
    public string? Value { get; init; }
}
