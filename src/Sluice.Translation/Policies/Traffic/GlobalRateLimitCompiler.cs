using System.Globalization;
using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Traffic;
using Descriptor = Sluice.Configuration.Policies.RateLimitDescriptor;
using Entry = Sluice.Configuration.Policies.RateLimitEntry;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.rateLimit.global: the service that a GatewayExtension describes counts.</summary>
internal static class GlobalRateLimitCompiler
{
    /// <summary>Descriptors of one policy: as many as the service takes in one question.</summary>
    public const int MaxDescriptors = 64;

    /// <summary>Null when it cannot be put in force, which is reported.</summary>
    public static GlobalRateLimitPolicy? Compile(GlobalRateLimit spec, IPolicySurroundings surroundings, string field)
    {
        if (Descriptors(spec.Descriptors, surroundings, $"{field}.descriptors") is not { } descriptors
            || surroundings.Extension(spec.ExtensionRef, field) is not { } extension)
        {
            return null;
        }
        if (extension.RateLimit is { } provider)
            return Compile(provider, surroundings.Of(extension, $"{field}.extensionRef"), "rateLimit") is { } policy ? policy with { Descriptors = descriptors } : null;
        surroundings.Problem($"{field}.extensionRef", $"GatewayExtension \"{extension.Key}\" has no rateLimit");
        return null;
    }

    /// <summary>The service of a GatewayExtension; null when it cannot be asked, which is reported.</summary>
    public static GlobalRateLimitPolicy? Compile(RateLimitProvider provider, IPolicySurroundings surroundings, string field)
    {
        if (provider.Domain.Length == 0)
        {
            surroundings.Problem($"{field}.domain", "a name is needed");
            return null;
        }
        if (provider.XRateLimitHeaders is not ("Off" or "DraftVersion03"))
        {
            surroundings.Problem($"{field}.xRateLimitHeaders", $"\"{provider.XRateLimitHeaders}\" must be Off or DraftVersion03");
            return null;
        }
        if (!ServiceCompiler.TryTime(provider.Timeout, surroundings, $"{field}.timeout") || ServiceCompiler.Grpc(provider.GrpcService, surroundings, $"{field}.grpcService", provider.Timeout) is not { } service)
            return null;
        return new GlobalRateLimitPolicy { Service = service, Domain = provider.Domain, FailOpen = provider.FailOpen, SendHeaders = provider.XRateLimitHeaders != "Off" };
    }

    private static List<Descriptor>? Descriptors(IReadOnlyList<Resources.Policies.Traffic.RateLimitDescriptor> spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.Count is 0 or > MaxDescriptors)
        {
            surroundings.Problem(field, $"there are {spec.Count} descriptors; 1 to {MaxDescriptors} are needed");
            return null;
        }
        var descriptors = new List<Descriptor>();
        for (int i = 0; i < spec.Count; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}].entries");
            if (spec[i].Entries.Count is 0 or > 32)
            {
                surroundings.Problem(place, $"there are {spec[i].Entries.Count} entries; 1 to 32 are needed");
                return null;
            }
            var entries = new List<Entry>();
            for (int k = 0; k < spec[i].Entries.Count; k++)
            {
                if (EntryOf(spec[i].Entries[k], surroundings, string.Create(CultureInfo.InvariantCulture, $"{place}[{k}]")) is not { } entry)
                    return null;
                entries.Add(entry);
            }
            descriptors.Add(new Descriptor(entries));
        }
        return descriptors;
    }

    private static Entry? EntryOf(Resources.Policies.Traffic.RateLimitEntry spec, IPolicySurroundings surroundings, string field)
    {
        switch (spec.Type)
        {
            case "Generic" when spec.Generic is { Key.Length: > 0, Value.Length: > 0 } generic:
                return new Entry(RateLimitEntryType.Generic, generic.Key, generic.Value);
            case "Generic":
                surroundings.Problem($"{field}.generic", "key and value are needed");
                return null;
            case "Header" when spec.Header is { Length: > 0 } header && header.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)):
                return new Entry(RateLimitEntryType.Header, header);
            case "Header":
                surroundings.Problem($"{field}.header", $"\"{spec.Header}\" is no field name");
                return null;
            case "RemoteAddress":
                return new Entry(RateLimitEntryType.RemoteAddress, "remote_address");
            case "Path":
                return new Entry(RateLimitEntryType.Path, "path");
            default:
                surroundings.Problem($"{field}.type", $"\"{spec.Type}\" must be Generic, Header, RemoteAddress or Path");
                return null;
        }
    }
}
