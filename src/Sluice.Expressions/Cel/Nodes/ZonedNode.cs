namespace Sluice.Expressions.Cel;

/// <summary>A getter of a timestamp in a named time zone, which is looked up once.</summary>
internal sealed class ZonedNode(CelNode timestamp, TimeZoneInfo zone, Func<DateTime, long> getter) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = timestamp.Evaluate(frame);
        if (value.Kind != CelKind.Timestamp)
            return value.IsError ? value : CelErrors.NoOverload;
        return CelValue.Of(getter(TimeZoneInfo.ConvertTimeFromUtc(CelTime.ToDateTime(value), zone)));
    }
}
