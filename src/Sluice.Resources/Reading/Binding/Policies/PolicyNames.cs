using System.Globalization;
using System.Net;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Checks of texts in policies, as those of <see cref="Names"/>: null when the value is right, else what it must be.</summary>
internal static class PolicyNames
{
    private const string ArnPrefix = "arn:";
    private const int AccountDigits = 12;

    /// <summary>A DNS name or an IP address.</summary>
    public static string? Host(string value) =>
        Names.IsSubdomain(value.TrimEnd('.')) || IPAddress.TryParse(value, out _) ? null : "a DNS name such as \"api.example.com\" or an IP address, without scheme and port";

    /// <summary>A host that requests may go to: a DNS name, with a wildcard for its first labels or without, or an IP address.</summary>
    public static string? HostPattern(string value) => value.StartsWith("*.", StringComparison.Ordinal) && Names.IsSubdomain(value.AsSpan(2))
        ? null
        : Host(value) is null ? null : "a DNS name such as \"api.example.com\" or \"*.example.com\", or an IP address";

    public static string? HttpUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? null : "a URL such as \"https://login.example.com/keys\"";

    /// <summary>The name of a header field, or of one of the pseudo header fields of HTTP/2.</summary>
    public static string? TransformedHeader(string value) =>
        Names.HeaderName(value.StartsWith(':') ? value[1..] : value) is null ? null : "a header field's name, or a pseudo header field such as \":path\"";

    public static string? AccountId(string value) => IsAccount(value) ? null : "an AWS account of 12 digits";

    /// <summary>arn:PARTITION:iam::ACCOUNT:role/NAME.</summary>
    public static string? RoleArn(string value)
    {
        var parts = value.Split(':');
        return value.StartsWith(ArnPrefix, StringComparison.Ordinal) && parts is [_, { Length: > 0 }, "iam", "", var account, var role] && IsAccount(account)
            && role.StartsWith("role/", StringComparison.Ordinal) && role.Length > "role/".Length
            ? null
            : "the ARN of a role, such as \"arn:aws:iam::123456789012:role/gateway\"";
    }

    /// <summary>An address range, or a single address.</summary>
    public static string? Cidr(string value) => IPNetwork.TryParse(value, out _) || (!value.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(value, out _))
        ? null
        : "an address range such as \"10.0.0.0/8\" or \"2001:db8::/32\", or an IP address";

    /// <summary>A duration of at least some time.</summary>
    public static string? DurationOf(string value, TimeSpan min, string least) =>
        GatewayDuration.TryParse(value, out var time) && time >= min ? null : $"a duration of at least {least}, such as \"10s\" (units h, m, s, ms)";

    /// <summary>A quantity of bytes in bounds.</summary>
    public static string? Quantity(string value, long min, long max) => ByteQuantity.TryParse(value, out var bytes) && bytes >= min && bytes <= max
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"a quantity of bytes from {min} to {max}, such as \"64Ki\" or \"1Mi\"");

    /// <summary>A decimal number above zero.</summary>
    public static string? PositiveNumber(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? null : "a number above 0 in quotes, such as \"1.0\"";

    private static bool IsAccount(string value) => value.Length == AccountDigits && !value.AsSpan().ContainsAnyExceptInRange('0', '9');
}
