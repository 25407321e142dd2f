namespace Sluice.Exporter.Families;

/// <summary>A rule for values.</summary>
public enum MetricValueKind
{
    /// <summary>Always 1: what matters are the labels. No sample where no label of the family has a value.</summary>
    One,

    /// <summary>1 for True, 0 for False and Unknown, in any case of letters. No sample for other words.</summary>
    Condition,

    /// <summary>A number. No sample where it is absent.</summary>
    Number,

    /// <summary>1 or 0. No sample where it is absent.</summary>
    Boolean,

    /// <summary>A time, in seconds since 1970. No sample where it is absent.</summary>
    Time,

    /// <summary>A time, in seconds since 1970; 0 where it is absent.</summary>
    TimeOrZero,
}
