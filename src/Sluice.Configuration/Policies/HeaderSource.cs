namespace Sluice.Configuration.Policies;

/// <summary>A field with where its value comes from: exactly one of a format and a secret.</summary>
public sealed record HeaderSource
{
    public required string Name { get; init; }

    /// <summary>Text with command operators (<see cref="HeaderFormat"/>). A value that becomes empty is not written.</summary>
    public string? Format { get; init; }

    /// <summary>The value itself, in which nothing is an operator.</summary>
    public SecretText? Secret { get; init; }
}
