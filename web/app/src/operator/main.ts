import { mount } from "svelte";
import "../page.css";
import Operator from "./Operator.svelte";
import "./operator.css";

mount(Operator, { target: document.getElementById("app")! });
