package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"resiltui/internal/sensors"
	"resiltui/internal/setting"
)

// watchKinds are the kinds of sensors that can be watched. Their settings are
// flags of `resiltui watch`, and their texts are part of its help.
type watchKinds []sensors.Kind

// settings are the settings of all kinds. Kinds that have a setting of the same
// name share one flag.
func (l watchKinds) settings() (rows []setting.Row) {
	for _, k := range l {
		for _, s := range k.Settings {
			if !slices.ContainsFunc(rows, func(other setting.Row) bool { return other.Name == s.Name }) {
				rows = append(rows, s)
			}
		}
	}
	return rows
}

// register adds a flag for each setting.
func (l watchKinds) register(f *pflag.FlagSet) {
	for _, s := range l.settings() {
		switch {
		case s.Repeated:
			f.StringArray(s.Name, nil, s.Help)
		case s.Kind == setting.SwitchKind:
			f.Bool(s.Name, s.Default == "true", s.Help)
		default:
			f.String(s.Name, s.Default, s.Help)
		}
	}
}

// values are the values that the flags were given.
func (l watchKinds) values(f *pflag.FlagSet) sensors.Values {
	set := sensors.Values{}
	for _, s := range l.settings() {
		if flag := f.Lookup(s.Name); flag.Changed {
			set[s.Name] = valuesOf(flag)
		}
	}
	return set
}

// valuesOf are the values that one flag was given.
func valuesOf(f *pflag.Flag) []string {
	if several, ok := f.Value.(pflag.SliceValue); ok {
		return several.GetSlice()
	}
	return []string{f.Value.String()}
}

// secret says whether a flag is for a setting whose values are never shown.
func (l watchKinds) secret(name string) bool {
	return slices.ContainsFunc(l.settings(), func(s setting.Row) bool { return s.Name == name && s.Secret })
}

func (l watchKinds) titles() string {
	return l.joined(", ", func(k sensors.Kind) []string { return []string{k.Title} })
}

func (l watchKinds) help() string {
	return l.joined(" ", func(k sensors.Kind) []string { return []string{k.Help} })
}

func (l watchKinds) examples() string {
	const command = "resiltui watch "
	return command + l.joined("\n"+command, func(k sensors.Kind) []string { return k.Examples })
}

func (l watchKinds) joined(between string, texts func(sensors.Kind) []string) string {
	var all []string
	for _, k := range l {
		all = append(all, texts(k)...)
	}
	return strings.Join(all, between)
}
