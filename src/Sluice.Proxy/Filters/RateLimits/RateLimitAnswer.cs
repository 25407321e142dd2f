using System.Globalization;
using System.Text;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Services;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>envoy.service.ratelimit.v3.RateLimitResponse, as it lies in the answer.</summary>
internal ref struct RateLimitAnswer
{
    public const ulong Ok = 1;
    public const ulong OverLimit = 2;

    /// <summary>Fields that an answer may add.</summary>
    private const int MaxFields = 64;

    /// <summary>Seconds of the units: second, minute, hour, day, month, year, week.</summary>
    private static ReadOnlySpan<uint> Windows => [0, 1, 60, 3600, 86_400, 2_592_000, 31_536_000, 604_800];

    public ulong Code { get; private set; }

    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>raw_body.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>A descriptor has a limit; of the one that has the least left, the numbers are here.</summary>
    public bool HasLimit { get; private set; }

    public ulong Limit { get; private set; }

    public ulong Remaining { get; private set; }

    /// <summary>Seconds, rounded up.</summary>
    public ulong Reset { get; private set; }

    /// <summary>False when the message is none, does not say whether the request is over its limit, or wants what it may not do.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out RateLimitAnswer answer)
    {
        answer = default;
        answer.Message = message;
        int fields = 0, bytes = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    answer.Code = reader.Number;
                    break;
                case 2:
                    if (!answer.TakeStatus(reader.Bytes))
                        return false;
                    break;
                case 3 or 4:
                    if (!HeaderOption.TryReadField(reader.Bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) || !ServiceFields.IsAllowed(name, value))
                        return false;
                    fields++;
                    bytes += name.Length + value.Length;
                    break;
                case 5:
                    answer.Body = reader.Bytes;
                    break;
            }
        }
        return !reader.IsBroken && answer.Code is Ok or OverLimit && fields <= MaxFields && bytes <= ServiceFields.MaxBytes;
    }

    /// <summary>All limits with their windows: ", 10;w=60".</summary>
    public static void AppendLimits(ReadOnlySpan<byte> message, StringBuilder text)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field != 2 || !TryReadStatus(reader.Bytes, out ReadOnlySpan<byte> limit, out _, out _) || limit.Length == 0)
                continue;
            if (!TryReadLimit(limit, out ulong requests, out ulong unit, out ReadOnlySpan<byte> name))
                continue;
            uint window = unit < (ulong)Windows.Length ? Windows[(int)unit] : 0;
            if (window > 0 && text.Length < 4096)
            {
                text.Append(CultureInfo.InvariantCulture, $", {requests};w={window}");
                if (name.Length > 0 && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !name.ContainsAny("\"\\"u8))
                    text.Append(";name=\"").Append(Encoding.ASCII.GetString(name)).Append('"');
            }
        }
    }

    // DescriptorStatus: code 1, current_limit 2, limit_remaining 3, duration_until_reset 4.
    private bool TakeStatus(ReadOnlySpan<byte> message)
    {
        if (!TryReadStatus(message, out ReadOnlySpan<byte> limit, out ulong remaining, out ulong reset))
            return false;
        if (limit.Length == 0)
            return true;
        if (!TryReadLimit(limit, out ulong requests, out _, out _))
            return false;
        if (HasLimit && remaining >= Remaining)
            return true;
        HasLimit = true;
        Limit = requests;
        Remaining = remaining;
        Reset = reset;
        return true;
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> limit, out ulong remaining, out ulong reset)
    {
        limit = default;
        remaining = reset = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 2)
                limit = reader.Bytes;
            else if (reader.Field == 3)
                remaining = reader.Number;
            else if (reader.Field == 4 && !TryReadDuration(reader.Bytes, out reset))
                return false;
        }
        return !reader.IsBroken;
    }

    // RateLimit: requests_per_unit 1, unit 2, name 3.
    private static bool TryReadLimit(ReadOnlySpan<byte> message, out ulong requests, out ulong unit, out ReadOnlySpan<byte> name)
    {
        requests = unit = 0;
        name = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                requests = reader.Number;
            else if (reader.Field == 2)
                unit = reader.Number;
            else if (reader.Field == 3)
                name = reader.Bytes;
        }
        return !reader.IsBroken;
    }

    // Duration: seconds 1, nanos 2.
    private static bool TryReadDuration(ReadOnlySpan<byte> message, out ulong seconds)
    {
        seconds = 0;
        bool hasNanos = false;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                seconds = reader.Number;
            else if (reader.Field == 2)
                hasNanos = reader.Number != 0;
        }
        if (hasNanos)
            seconds++;
        return !reader.IsBroken;
    }
}
