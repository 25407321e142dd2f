using Sluice.Configuration.Policies;
using Sluice.Proxy.Bodies.Compression;
using Sluice.Proxy.Filters.Transformations;

namespace Sluice.Proxy.Bodies;

/// <summary>What a rule does with messages and their bodies, beyond passing them on. Immutable; shared by the workers.</summary>
internal sealed class BodyRules
{
    /// <summary>Requests are taken in whole, up to so many octets; -1: they are not.</summary>
    public long MaxRequestBytes { get; private init; } = -1;

    public DecompressionRule? Decompression { get; private init; }

    public IBodyEdit? Request { get; private init; }

    public IBodyEdit? Response { get; private init; }

    public CompressionRule? Compression { get; private init; }

    /// <summary>Null for a rule that passes messages on as they come, and for one without policies.</summary>
    /// <param name="policies">The rule's.</param>
    /// <param name="problems">Gets a message for each thing that cannot be put in force: the rule's requests are then answered with 500.</param>
    public static BodyRules? Compile(RequestPolicies? policies, ICollection<string> problems)
    {
        if (policies is null || (policies.Buffer ?? policies.Transformation ?? policies.Compression ?? (object?)policies.Decompression) is null)
            return null;
        return new BodyRules
        {
            MaxRequestBytes = policies.Buffer?.MaxRequestBytes ?? -1,
            Decompression = policies.Decompression is { } decompression ? new DecompressionRule(decompression) : null,
            Request = TransformationCompiler.Compile(policies.Transformation?.Request, isResponse: false, problems),
            Response = TransformationCompiler.Compile(policies.Transformation?.Response, isResponse: true, problems),
            Compression = policies.Compression is { } compression ? new CompressionRule(compression) : null,
        };
    }
}
